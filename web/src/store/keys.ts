import type { Project, Task } from './types'

/** A task with the keys that it has when its project's keys are others. What it is called elsewhere stays. */
export function keyed(t: Task, old: Project, now: Project): Task {
  if (!t.number) return t
  const own = t.previous_keys.slice(old.former_keys.length)
  return {
    ...t,
    key: `${now.key}-${t.number}`,
    previous_keys: [...now.former_keys.map((k) => `${k}-${t.number}`), ...own],
  }
}
