import type { components } from '../../api/schema'
import { addDays, isOverdue, today } from '../../dates'
import type { Category, ID, Project, Task } from '../../store'

export type Stats = components['schemas']['Stats']
export const categories = ['backlog', 'todo', 'doing', 'done', 'canceled'] as const satisfies readonly Category[]
export const span = 30 // days that are counted one by one

/** The numbers as the server counts them, of what is kept here: for when it can't be asked. */
export function countHere(tasks: readonly Task[], projects: readonly Project[], zone: string, now: number): Stats {
  const until = today(zone, now)
  const since = addDays(until, 1 - span)
  const days = Array.from({ length: span }, (_, i) => ({ date: addDays(since, i), created: 0, completed: 0 }))
  const dayOf = new Map(days.map((d) => [d.date, d]))
  const statuses = new Map(
    projects.flatMap((p) =>
      p.statuses.map((s) => [s.id, { project: p.id, status: s.id, category: s.category, count: 0 }]),
    ),
  )
  const people = new Map<ID | null, { assignee: ID | null; open: number; completed: number }>()
  const by_category = { backlog: 0, todo: 0, doing: 0, done: 0, canceled: 0 }
  let overdue = 0
  let completed = 0
  for (const task of tasks) {
    const status = statuses.get(task.status)
    if (!status) continue
    status.count++
    by_category[status.category]++
    const done = task.completed_at !== null
    if (done) completed++
    else if (task.due && isOverdue({ ...task, due: { ...task.due, time: null } }, zone, now)) overdue++
    for (const who of task.assignees.length > 0 ? task.assignees : [null]) {
      const one = people.get(who) ?? { assignee: who, open: 0, completed: 0 }
      people.set(who, one)
      one[done ? 'completed' : 'open']++
    }
    const made = dayOf.get(today(zone, Date.parse(task.created_at)))
    if (made) made.created++
    const ended = task.completed_at === null ? undefined : dayOf.get(today(zone, Date.parse(task.completed_at)))
    if (ended) ended.completed++
  }
  const total = Object.values(by_category).reduce((a, b) => a + b, 0)
  return {
    time_zone: zone,
    total,
    open: total - completed,
    completed,
    overdue,
    by_category,
    by_status: [...statuses.values()],
    by_assignee: [...people.values()].sort((a, b) => b.open - a.open),
    since,
    until,
    days,
  } as Stats
}

/** The numbers of each project, by category. */
export function byProject(stats: Stats): Map<ID, Record<Category, number>> {
  const out = new Map<ID, Record<Category, number>>()
  for (const { project, category, count } of stats.by_status) {
    const of = out.get(project) ?? { backlog: 0, todo: 0, doing: 0, done: 0, canceled: 0 }
    out.set(project, of)
    of[category] += count
  }
  return out
}
