import type { ReactElement, ReactNode, RefObject } from 'react'

import { deferred } from './deferred'

export interface SheetProps {
  open?: boolean
  onOpenChange?: (open: boolean) => void
  trigger?: ReactElement
  title: string
  hideTitle?: boolean
  children: ReactNode
  /** Fixed below what scrolls. */
  actions?: ReactNode
  initialFocus?: RefObject<HTMLElement | null>
  /** On wide screens: the page beside it stays in use. */
  beside?: boolean
}

/** From the bottom on a phone, from the end of the line on wider screens. */
export const Sheet = deferred<SheetProps>(() => import('./popups/Sheet').then((m) => m.Sheet), 'dialog')
