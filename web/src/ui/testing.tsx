// For tests of whatever stands on the kit.
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { configure, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'

import { Kit } from './Kit'
// What opens is fetched late in the app; in a test it is there before, so that no time to wait is spent on it.
import './popups/AlertDialog'
import './popups/Dialog'
import './popups/MenuAt'
import './popups/Picker'

configure({ asyncUtilTimeout: 4000 })

/** Draws with words, tips, toasts and the live region around it, and answers hands to use it with. */
export function show(drawn: ReactNode) {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const around = (inner: ReactNode) => (
    <I18nProvider i18n={i18n}>
      <Kit>{inner}</Kit>
    </I18nProvider>
  )
  const { rerender, ...rest } = render(around(drawn))
  return { ...rest, redraw: (next: ReactNode) => rerender(around(next)), user: userEvent.setup() }
}
