import { addDays } from '../../dates'
import type { Parsed } from '../../quickadd'
import type { Filter, ID, NewTask, Project, When } from '../../store'

/** What a new task has by where one is, unless the line says otherwise. */
export interface Defaults {
  project?: ID
  status?: ID
  priority?: number
  due?: When
  assignees: readonly ID[]
  labels: readonly ID[]
}

export const noDefaults: Defaults = { assignees: [], labels: [] }

/** What every task that a filter lets through has: so that a new one is seen where it is made. */
export function defaultsOf(filter: Filter, me: ID, today: string): Defaults {
  const { field, op, value } = filter
  const said: Defaults = (filter.all ?? []).reduce(
    (sum: Defaults, part: Filter) => joined(sum, defaultsOf(part, me, today)),
    noDefaults,
  )
  if (op !== 'eq' || value === 'none') return said
  if (field === 'priority' && typeof value === 'number') return { ...said, priority: value }
  if (typeof value !== 'string') return said
  const ahead = /^today(?:\+(\d+))?$/.exec(value)
  switch (field) {
    case 'project':
      return { ...said, project: value }
    case 'status':
      return { ...said, status: value }
    case 'assignee':
      return { ...said, assignees: [value === 'me' ? me : value] }
    case 'label':
      return { ...said, labels: [value] }
    case 'due': {
      const date = ahead ? addDays(today, Number(ahead[1] ?? 0)) : value
      return { ...said, due: { date, time: null, time_zone: null } }
    }
  }
  return said
}

function joined(a: Defaults, b: Defaults): Defaults {
  return { ...a, ...b, assignees: [...a.assignees, ...b.assignees], labels: [...a.labels, ...b.labels] }
}

/** The task that a line means in a project. */
export function taskOf({ title, chips }: Parsed, project: Project, defaults: Defaults, zone: string): NewTask {
  const task: NewTask = { project: project.id, title }
  const assignees: ID[] = []
  const labels: ID[] = []
  if (defaults.status && project.statuses.some((s) => s.id === defaults.status)) task.status = defaults.status
  if (defaults.priority) task.priority = defaults.priority
  if (defaults.due) task.due = defaults.due
  for (const c of chips) {
    if (c.kind === 'assignee') assignees.push(c.value)
    else if (c.kind === 'label') labels.push(c.value)
    else if (c.kind === 'priority') task.priority = c.value
    else if (c.kind === 'status') task.status = c.value
    else if (c.kind === 'estimate') task.estimate = c.value.amount
    else if (c.kind === 'due') task.due = c.value
    else if (c.kind === 'recurrence') {
      const { first, time, rrule } = c.value
      task.recurrence = { rrule, basis: 'due' }
      if (!chips.some((o) => o.kind === 'due')) task.due = { date: first, time, time_zone: time ? zone : null }
    }
  }
  const all = { assignees: [...defaults.assignees, ...assignees], labels: [...defaults.labels, ...labels] }
  if (all.assignees.length > 0) task.assignees = [...new Set(all.assignees)]
  if (all.labels.length > 0) task.labels = [...new Set(all.labels)]
  return task
}
