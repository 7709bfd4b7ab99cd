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

/** The key that a project most likely gets when none is given: of its name, and of no project that is or was called so. */
export function freeKey(name: string, projects: Iterable<Project>): string {
  const taken = new Set<string>()
  for (const p of projects) for (const k of [p.key, ...p.former_keys]) taken.add(k)
  const letters = name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^[0-9]+/, '')
  const base = letters.slice(0, 4).padEnd(2, 'P')
  let key = base
  for (let n = 2; taken.has(key); n++) key = base + n
  return key
}
