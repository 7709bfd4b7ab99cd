// Every part in all its states, for looking at while developing: `npm run dev`, then /src/ui/gallery.html?theme=dark&dir=rtl&only=forms.
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { Kit } from '../Kit'
import '../styles.css'
import { Colors } from './Colors'
import { Floating } from './Floating'
import { Forms } from './Forms'
import { Likeness } from './Likeness'
import { Signs } from './Signs'
import { States } from './States'

const wanted = new URLSearchParams(location.search)
if (wanted.has('theme')) document.documentElement.dataset.theme = wanted.get('theme')!
document.documentElement.dir = wanted.get('dir') ?? 'ltr'
i18n.loadAndActivate({ locale: 'en', messages: {} })

const pages = { likeness: Likeness, signs: Signs, forms: Forms, floating: Floating, states: States, colors: Colors }

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <Kit>
        {Object.entries(pages)
          .filter(([name]) => (wanted.get('only') ?? name) === name)
          .map(([name, Page]) => (
            <Page key={name} />
          ))}
      </Kit>
    </I18nProvider>
  </StrictMode>,
)
