import { CSPProvider } from '@base-ui/react/csp-provider'
import { DirectionProvider } from '@base-ui/react/direction-provider'
import { useEffect, type ReactNode } from 'react'

import { fetchPopups } from './deferred'
import { followHand } from './hand'
import { LiveRegion } from './LiveRegion'
import { ToastLayer } from './Toast'
import { TooltipLayer } from './TooltipLayer'

/** How long after the first screen what opens is fetched, if nothing was opened before. */
const settled = 1500

/** Stands once around the app: tips, toasts, what is read out, and the page's policy and direction for all that floats. */
export function Kit({ children }: { children: ReactNode }) {
  useEffect(followHand, [])
  useEffect(() => {
    const timer = setTimeout(fetchPopups, settled)
    return () => clearTimeout(timer)
  }, [])
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
