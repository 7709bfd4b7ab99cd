import { basePath } from './api/base'

const key = 'rung.reloaded'
const apart = 60_000 // milliseconds between two reloads, at the least

/**
 * Keeps an open tab whole when a new version is installed: where a part of the app can't be had any more the page is
 * loaded again, at the same address, but never over and over.
 */
export function keepFresh(): void {
  addEventListener('vite:preloadError', () => {
    if (navigator.onLine && mayReload()) location.reload()
  })
  if (!import.meta.env.PROD || !isSecureContext || !('serviceWorker' in navigator)) return
  addEventListener('load', () => void register())
}

function mayReload(): boolean {
  try {
    const last = Number(sessionStorage.getItem(key))
    if (Date.now() - last < apart) return false
    sessionStorage.setItem(key, String(Date.now()))
    return true
  } catch {
    return false // then nothing could keep it from looping
  }
}

/** The app works without it, so what goes wrong is no matter. */
async function register(): Promise<void> {
  try {
    const url = new URL('sw.js', document.baseURI)
    const worker = await navigator.serviceWorker.register(url, { scope: basePath(), updateViaCache: 'none' })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void worker.update().catch(() => undefined)
    })
  } catch {
    // Nothing is kept for later then.
  }
}
