import { entryFor } from './entry'
import { keepFresh } from './version'

keepFresh()

// Two entries: the light one for everything before one is signed in, and the app.
if (entryFor(location, localStorage) === 'enter') void import('./enter/main')
else void import('./app/main')
