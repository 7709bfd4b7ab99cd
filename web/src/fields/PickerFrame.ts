import type { PickerProps } from '../ui/Picker'

/** Where a picker stands and what opens it; the same for all properties. */
export type PickerFrame = Pick<PickerProps, 'trigger' | 'anchor' | 'open' | 'onOpenChange' | 'align'>
