export interface TaskPanelProps {
  /** The key or id in the address. */
  task: string
  onClose: () => void
}

/** A task beside the list that it is in. */
export default function TaskPanel(_: TaskPanelProps) {
  return null
}
