import type { ReactElement, ReactNode, RefObject } from 'react'

import { deferred } from './deferred'

export interface PopoverProps {
  trigger?: ReactElement
  /** What it stands at, when nothing in here opens it. */
  anchor?: Element | RefObject<Element | null> | null
  /** What it is, for screen readers. */
  name: string
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end'
  initialFocus?: RefObject<HTMLElement | null>
  className?: string
}

/** A small surface beside what opened it; Escape or a press elsewhere closes it and the focus goes back. */
export const Popover = deferred<PopoverProps>(() => import('./popups/Popover').then((m) => m.Popover), 'dialog')
