import type { Can, Task } from '../../store'

/** What every part of a task is given. */
export interface RegionProps {
  task: Task
  beside: boolean
  can: Can
}
