import { I18nProvider } from '@lingui/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { chosenLocale, i18n, speak } from '../i18n/i18n'
import '../ui/styles.css'
import { Enter } from './Enter'

await speak(chosenLocale(), (locale) => import(`../locales/${locale}/enter.po`))

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <Enter />
    </I18nProvider>
  </StrictMode>,
)
