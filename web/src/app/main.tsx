import { I18nProvider } from '@lingui/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from '@tanstack/react-router'

import { chosenLocale, i18n, speak } from '../i18n/i18n'
import { watchOver } from '../store/open'
import { holdKeys } from '../ui/commands'
import { makeRouter } from './router'
import { appWords } from './start/profile'

watchOver(() => undefined)
holdKeys()
await speak(chosenLocale(), appWords).catch(() => speak('en', appWords))

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <RouterProvider router={makeRouter()} />
    </I18nProvider>
  </StrictMode>,
)
