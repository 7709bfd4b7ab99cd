import { useState } from 'react'

import { useLoaded, useProject, useTask, type Task } from '../../store'

export type Shown =
  | { state: 'here'; task: Task }
  /** It may come yet. */
  | { state: 'waiting' }
  /** It was here until somebody put it into the trash. */
  | { state: 'deleted'; task: Task }
  /** There is none, or none that one may see. */
  | { state: 'missing' }

/** The task of a key, a former key or an id, and what became of it. */
export function useShownTask(ref: string): Shown {
  const task = useTask(ref)
  const loaded = useLoaded()
  const [last, setLast] = useState<Task>()
  if (task && task !== last) setLast(task)
  const known = last && names(last, ref) ? last : undefined
  const project = useProject(known?.project ?? '')
  if (task) return { state: 'here', task }
  if (known && project) return { state: 'deleted', task: known }
  return { state: known || loaded === 'all' ? 'missing' : 'waiting' }
}

function names(task: Task, ref: string): boolean {
  const key = ref.toUpperCase()
  return task.id === ref || task.key === key || task.previous_keys.includes(key)
}
