import type { ReactElement, ReactNode, RefObject } from 'react'

import { deferred } from './deferred'

export { DialogClose } from './DialogClose'

export interface DialogProps {
  open?: boolean
  onOpenChange?: (open: boolean) => void
  trigger?: ReactElement
  title: string
  /** Read out and not drawn. */
  hideTitle?: boolean
  description?: ReactNode
  children?: ReactNode
  /** Buttons at the end of its last line. */
  actions?: ReactNode
  size?: 'small' | 'medium' | 'large'
  initialFocus?: RefObject<HTMLElement | null>
  /** A press outside does not close it: for what holds words that would be lost. */
  keepOpen?: boolean
}

/** In front of everything, holding the focus and the keys. */
export const Dialog = deferred<DialogProps>(() => import('./popups/Dialog').then((m) => m.Dialog), 'dialog')
