import type { Group, GroupBy, ID, Project, Task } from '../types'
import { addDays, bound, today } from '../../dates/days'
import { priorityRank } from './order'
import { pins, type Where } from './where'

const most = 200 // groups; the smallest are left out

/** What groups are made with. */
export interface Grouping {
  where: Where
  zone: string
  now: number
  /** In their order. */
  projects: readonly Project[]
}

/** Puts tasks, which keep their order, under the values of a field. The groups come in the server's order. */
export function group(tasks: readonly Task[], by: GroupBy, g: Grouping): Group[] {
  const found = new Map<string, Task[]>()
  const add = (key: string, t: Task) => {
    const list = found.get(key)
    if (list) list.push(t)
    else found.set(key, [t])
  }
  const keysOf = keys(by, g)
  for (const t of tasks) {
    const key = keysOf(t)
    if (typeof key === 'string') add(key, t)
    else for (const k of key) add(k, t)
  }
  if (by === 'due') return spans.filter((s) => found.has(s)).map((key) => ({ key, tasks: found.get(key)! }))
  if (by === 'status') return statuses(found, g)
  const out = Array.from(found, ([key, tasks]) => ({ key, tasks }))
  if (by === 'priority') return out.sort((a, b) => priorityRank(Number(a.key)) - priorityRank(Number(b.key)))
  return out.sort((a, b) => b.tasks.length - a.tasks.length || (a.key < b.key ? -1 : 1)).slice(0, most)
}

const spans = ['overdue', 'today', 'tomorrow', 'week', 'later', 'none']
const nobody = ['none']

function keys(by: GroupBy, g: Grouping): (t: Task) => string | readonly ID[] {
  switch (by) {
    case 'status':
      return (t) => t.status
    case 'priority':
      return (t) => String(t.priority)
    case 'assignee':
      return (t) => (t.assignees.length ? t.assignees : nobody)
    case 'label':
      return (t) => (t.labels.length ? t.labels : nobody)
    case 'due':
      return span(g)
  }
}

/** The spans in which people think: overdue, today, tomorrow, the seven days from today, later, none. */
function span({ zone, now }: Grouping): (t: Task) => string {
  const day = today(zone, now)
  const ends = [0, 1, 2, 7].map((days) => bound(addDays(day, days), zone, now))
  return (t) => {
    if (!t.due_at) return 'none'
    const due = t.due_at
    const i = ends.findIndex((end) => due < (t.due?.time_zone ? end.at : end.wall))
    return spans[i < 0 ? ends.length : i]!
  }
}

/** One project's statuses are all there; others only if there is something in them. */
function statuses(found: Map<string, Task[]>, { projects, where }: Grouping): Group[] {
  const out: Group[] = []
  for (const p of projects) {
    const whole = pins(where, 'project', p.id)
    for (const s of p.statuses) {
      const tasks = found.get(s.id)
      if (tasks || whole) out.push({ key: s.id, tasks: tasks ?? [] })
    }
  }
  return out.slice(0, most)
}
