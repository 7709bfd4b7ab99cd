import { useCan, useStore, type Task } from '../store'
import { can } from '../store/can'

/** Whether one may change all of these tasks; not if there are none. */
export function useCanEdit(tasks: readonly Task[]): boolean {
  const { memory } = useStore()
  useCan(tasks[0]?.project) // so that a change of what one may do is seen
  return tasks.length > 0 && [...new Set(tasks.map((t) => t.project))].every((project) => can(memory, project).edit)
}
