// The picker's list alone, for what brings its own dialog. Heavier than Picker: import it from a chunk that is fetched later.
export { PickerList } from './popups/PickerList'
export type { PickerItem, PickerListProps } from './Picker'
