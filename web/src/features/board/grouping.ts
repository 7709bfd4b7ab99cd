import { addDays } from '../../dates'
import type { GroupBy, ID, NewTask, TaskPatch } from '../../store'

/**
 * What has to change for a task to leave one group and be in another; undefined where nothing can bring it there, as
 * nothing makes a task overdue. Days are read as of today.
 */
export function patchFor(by: GroupBy, to: string, from: string | undefined, today: string): TaskPatch | undefined {
  switch (by) {
    case 'status':
      return { status: to }
    case 'priority':
      return { priority: Number(to) }
    case 'assignee':
      return setPatch('assignees', to, from)
    case 'label':
      return setPatch('labels', to, from)
    case 'due': {
      if (to === 'none') return { due: null }
      const day = dayOfSpan(to, today)
      return day === undefined ? undefined : { due: { date: day, time: null, time_zone: null } }
    }
  }
}

function setPatch(field: 'assignees' | 'labels', to: string, from: string | undefined): TaskPatch {
  const added = to === 'none' ? [] : [to]
  const removed = from === undefined || from === 'none' || from === to ? [] : [from]
  return {
    ...(added.length > 0 ? { [`${field}_add`]: added } : {}),
    ...(removed.length > 0 ? { [`${field}_remove`]: removed } : {}),
  }
}

/** The first day of a span of due dates; undefined for the past. */
function dayOfSpan(span: string, today: string): string | undefined {
  const days: Record<string, number> = { today: 0, tomorrow: 1, week: 2, later: 7 }
  const n = days[span]
  return n === undefined ? undefined : addDays(today, n)
}

/** What a task has from the start that is made in a group. */
export function defaultsFor(by: GroupBy | undefined, key: string, today: string): Partial<NewTask> {
  switch (by) {
    case 'status':
      return { status: key }
    case 'priority':
      return { priority: Number(key) }
    case 'assignee':
      return key === 'none' ? {} : { assignees: [key] }
    case 'label':
      return key === 'none' ? {} : { labels: [key] }
    case 'due': {
      const day = dayOfSpan(key, today)
      return day === undefined ? {} : { due: { date: day, time: null, time_zone: null } }
    }
    case undefined:
      return {}
  }
}

/** Where a task is dropped: in which group, and before which task; undefined: at its end. */
export interface Drop {
  group: string
  before: ID | undefined
}
