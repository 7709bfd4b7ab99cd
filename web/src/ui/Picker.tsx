import type { ReactElement, ReactNode, RefObject } from 'react'

import { deferred } from './deferred'

export interface PickerItem {
  id: string
  name: string
  icon?: ReactNode
  /** Quiet words at the end of the line. */
  hint?: string
  /** Other words it is found by. */
  keywords?: string
  keys?: string
  disabled?: boolean
}

export interface PickerListProps {
  /** What is picked, for screen readers and as the field's hint: "Change assignee". */
  name: string
  items: readonly PickerItem[]
  /** The ids that are chosen now. */
  value: readonly string[]
  multi?: boolean
  /** All that is chosen afterwards. */
  onChange: (value: string[]) => void
  /** Offers to make what was not found. */
  onCreate?: (text: string) => void
  /** For instance t`Create label “${text}”`. */
  createName?: (text: string) => string
  empty?: string
  /** Called when a choice ends the picking: always for single, by Enter never for multi. */
  onDone?: () => void
  search?: boolean
  /** What the empty field says; the name without it. */
  placeholder?: string
  /** Heard as one types, when the items come from elsewhere; they are then not filtered here. */
  onSearch?: (text: string) => void
}

export interface PickerProps extends Omit<PickerListProps, 'onDone'> {
  trigger?: ReactElement
  anchor?: Element | RefObject<Element | null> | null
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'center' | 'end'
}

/** Choosing one or several of a searchable list, beside its button; from the bottom on a phone. */
export const Picker = deferred<PickerProps>(() => import('./popups/Picker').then((m) => m.Picker), 'dialog')
