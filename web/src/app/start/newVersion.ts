const key = 'rung.reloaded'
const pause = 60_000

/**
 * Loads the page anew when a part of the app is not there any more because the server has a new version. It does so once
 * a minute at most and never without a network, so that it can't go round in circles or end on a blank page.
 */
export function followNewVersions(reload = () => location.reload()): () => void {
  const onError = (event: Event) => {
    if (mayReload()) {
      event.preventDefault()
      reload()
    }
  }
  addEventListener('vite:preloadError', onError)
  return () => removeEventListener('vite:preloadError', onError)
}

/** Whether loading anew may help; asked once, it says no for a minute. */
export function mayReload(now = Date.now()): boolean {
  if (!navigator.onLine) return false
  if (now - Number(sessionStorage.getItem(key) ?? 0) < pause) return false
  sessionStorage.setItem(key, String(now))
  return true
}
