import { rememberedUser } from './api/remembered'
import { onLeft } from './api/session'
import { afterEnd } from './enter/next'
import { entryFor } from './entry'
import './ui/styles.css'
import { notLoaded } from './notLoaded'
import { keepFresh } from './version'

keepFresh()

// Two entries: the light one for everything before one is signed in, and the app.
if (entryFor(location, { getItem: () => rememberedUser() ?? null }) === 'enter')
  import('./enter/main').catch(() => notLoaded())
else {
  // What one user saw does not stay on the screen when her session ends.
  onLeft((how, whose) => location.replace(afterEnd(how, whose)))
  import('./app/main').catch(() => notLoaded())
}
