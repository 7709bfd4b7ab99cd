import { I18nProvider } from '@lingui/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { settle } from '../api/session'
import { chosenLocale, i18n, speak } from '../i18n/i18n'
import { Enter } from './Enter'
import { enterWords } from './words'

void settle()
// A page that comes back as it was left, perhaps waiting for the next one, begins anew.
addEventListener('pageshow', (e) => e.persisted && location.reload())

await speak(chosenLocale(), enterWords)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <Enter />
    </I18nProvider>
  </StrictMode>,
)
