import type { When } from '../store'
import { deferred } from '../ui/deferred'
import type { PickerFrame } from './PickerFrame'

export interface DuePickerProps extends PickerFrame {
  /** What the day is for: "Due date" or "Start". */
  name?: string
  value: When | null | undefined
  onPick: (when: When | null) => void
}

/** A day, perhaps with a time: typed in words, or chosen in a calendar. What reads words is fetched late. */
export const DuePicker = deferred<DuePickerProps>(() => import('./due/DuePicker').then((m) => m.DuePicker), 'dialog')
