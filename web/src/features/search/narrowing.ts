import type { Category, Filter, ID } from '../../store'

/** What narrows a search. */
export interface Narrowing {
  project: readonly ID[]
  assignee: readonly ID[]
  category: readonly Category[]
  label: readonly ID[]
  /** Completed tasks are found, too. */
  completed: boolean
}

export const wide: Narrowing = { project: [], assignee: [], category: [], label: [], completed: true }

export function isNarrow(n: Narrowing): boolean {
  return !n.completed || [n.project, n.assignee, n.category, n.label].some((list) => list.length > 0)
}

/** As the local store filters. */
export function filterOf(n: Narrowing): Filter {
  const all: Filter[] = []
  for (const field of ['project', 'assignee', 'category', 'label'] as const)
    if (n[field].length > 0) all.push({ field, op: 'in', value: [...n[field]] })
  if (!n.completed) all.push({ field: 'completed', op: 'is_set', value: false })
  return { all }
}

/** As GET /search takes it. */
export function queryOf({ project, assignee, category, label, completed }: Narrowing) {
  const some = <T>(list: readonly T[]) => (list.length > 0 ? [...list] : undefined)
  return {
    project: some(project),
    assignee: some(assignee),
    category: some(category),
    label: some(label),
    completed: completed ? undefined : ('false' as const),
  }
}
