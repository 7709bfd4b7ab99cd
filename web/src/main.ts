import { rememberedUser } from './api/remembered'
import { onLeft } from './api/session'
import { afterEnd } from './enter/next'
import { entryFor } from './entry'
import './ui/styles.css'

// Files that are gone because a newer version is served: the page is loaded again, once, and not without a network.
const reloadedKey = 'rung.reloaded'
addEventListener('vite:preloadError', (e) => {
  if (!navigator.onLine || reloadedLately()) return
  e.preventDefault()
  location.reload()
})

function reloadedLately(): boolean {
  try {
    const at = Number(sessionStorage.getItem(reloadedKey))
    sessionStorage.setItem(reloadedKey, String(Date.now()))
    return Date.now() - at < 30_000
  } catch {
    return true
  }
}

// Two entries: the light one for everything before one is signed in, and the app.
if (entryFor(location, { getItem: () => rememberedUser() ?? null }) === 'enter') void import('./enter/main')
else {
  // What one user saw does not stay on the screen when her session ends.
  onLeft((how, whose) => location.replace(afterEnd(how, whose)))
  void import('./app/main')
}
