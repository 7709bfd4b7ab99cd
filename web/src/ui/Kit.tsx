import { CSPProvider } from '@base-ui/react/csp-provider'
import { DirectionProvider } from '@base-ui/react/direction-provider'
import type { ReactNode } from 'react'

import { LiveRegion } from './LiveRegion'
import { ToastLayer } from './Toast'
import { TooltipLayer } from './Tooltip'

/** Stands once around the app: tips, toasts, what is read out, and the page's policy and direction for all that floats. */
export function Kit({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}>
        {children}
        <TooltipLayer />
        <ToastLayer />
        <LiveRegion />
      </DirectionProvider>
    </CSPProvider>
  )
}
