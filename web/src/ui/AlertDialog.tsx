import type { ReactElement, ReactNode } from 'react'

import { deferred } from './deferred'

export interface AlertDialogProps {
  open?: boolean
  onOpenChange?: (open: boolean) => void
  trigger?: ReactElement
  /** The question: "Delete this project?" */
  title: string
  /** What will happen, in plain words. */
  children: ReactNode
  /** The verb of the button: "Delete project". */
  confirm: string
  /** May be a promise: the button is busy till it is kept; broken, the dialog stays. */
  onConfirm: () => unknown
  danger?: boolean
  cancel?: string
}

/** Asks before what cannot be undone; the focus starts on the way back. */
export const AlertDialog = deferred<AlertDialogProps>(
  () => import('./popups/AlertDialog').then((m) => m.AlertDialog),
  'dialog',
)
