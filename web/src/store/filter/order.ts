import type { SortField, Task } from '../types'
import { byCodePoints, isASCII, titleKey } from './letters'

export type Compare = (a: Task, b: Task) => number
export interface Order {
  field: SortField | 'child_position'
  descending: boolean
}

/** The total order of a query: its field, ends with the id. Tasks without a due date are last both ways. */
export function comparing({ field, descending }: Order): Compare {
  const by = fields[field]
  const ids: Compare = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  if (!descending) return (a, b) => by(a, b) || ids(a, b)
  if (field !== 'due') return (a, b) => by(b, a) || ids(b, a)
  return (a, b) => {
    if ((a.due_at === null) !== (b.due_at === null)) return a.due_at === null ? 1 : -1
    return by(b, a) || ids(b, a)
  }
}

const texts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const fields: Record<Order['field'], Compare> = {
  position: (a, b) => texts(a.position, b.position),
  child_position: (a, b) => texts(a.child_position, b.child_position),
  due: (a, b) =>
    a.due_at === b.due_at ? 0 : a.due_at === null ? 1 : b.due_at === null ? -1 : texts(a.due_at, b.due_at),
  priority: (a, b) => priorityRank(a.priority) - priorityRank(b.priority),
  created: (a, b) => texts(a.created_at, b.created_at),
  updated: (a, b) => texts(a.updated_at, b.updated_at),
  title: (a, b) => titles(titleKey(a.title), titleKey(b.title)),
}

function titles(a: string, b: string): number {
  return isASCII(a) && isASCII(b) ? texts(a, b) : byCodePoints(a, b)
}

/** What priorities sort by: urgent first, none last. */
export function priorityRank(priority: number): number {
  return priority === 0 ? 5 : priority
}

/** Sorts in place. */
export function sort(tasks: Task[], order: Order): Task[] {
  if (order.field !== 'title') return tasks.sort(comparing(order))
  const keys = new Map(tasks.map((t) => [t, titleKey(t.title)]))
  const sign = order.descending ? -1 : 1
  const plain = tasks.every((t) => isASCII(keys.get(t)!))
  const by = plain ? texts : byCodePoints
  return tasks.sort((a, b) => sign * (by(keys.get(a)!, keys.get(b)!) || texts(a.id, b.id)))
}

/** Where a task is, or would go, in a list in this order. */
export function placeOf(list: readonly Task[], task: Task, compare: Compare): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(list[middle]!, task) < 0) low = middle + 1
    else high = middle
  }
  return low
}
