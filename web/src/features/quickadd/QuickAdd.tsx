export interface QuickAddProps {
  open: boolean
  onClose: () => void
}

/** Adds a task from anywhere. */
export default function QuickAdd(_: QuickAddProps) {
  return null
}
