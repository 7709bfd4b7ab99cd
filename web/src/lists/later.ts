import { addDays } from '../dates'
import type { Task, TaskPatch } from '../store'

/** Puts a task off: to tomorrow, or by a week if it is due then or later. A time of day stays. */
export function laterPatch(task: Pick<Task, 'due'>, today: string): TaskPatch {
  const tomorrow = addDays(today, 1)
  const { due } = task
  if (!due) return { due: { date: tomorrow, time: null, time_zone: null } }
  return { due: { ...due, date: due.date < tomorrow ? tomorrow : addDays(due.date, 7) } }
}

/** Whether putting off means until tomorrow, and not a week. */
export function isTomorrow(task: Pick<Task, 'due'>, today: string): boolean {
  return !task.due || task.due.date <= today
}
