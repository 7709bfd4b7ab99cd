import type { Task } from '../types'
import { lower } from './letters'
import type { Bound } from '../../dates/days'
import type { IDField, Instant, Where } from './where'

export type Matches = (t: Task) => boolean
/** Makes a test of whether a task has the words of a text, in its title and its description. */
export type HasWords = (text: string) => Matches

const never = () => false

/** Makes the test that a condition stands for. */
export function matches(w: Where, hasWords: HasWords): Matches {
  if ('all' in w) return every(w.all.map((c) => matches(c, hasWords)))
  if ('any' in w) return some(w.any.map((c) => matches(c, hasWords)))
  if ('not' in w) {
    const not = matches(w.not, hasWords)
    return (t) => !not(t)
  }
  if ('in' in w) return isIn(w.field, w.in)
  if ('has' in w) return has(w.field)
  if ('numbers' in w) {
    const set = new Set(w.numbers)
    return (t) => set.has(t.priority)
  }
  if ('before' in w) return compared(w.field, w.before, true)
  if ('after' in w) return compared(w.field, w.after, false)
  if ('is' in w) return external(w.is)
  if (w.field === 'text') return hasWords(w.contains)
  const piece = lower(w.contains)
  return (t) => lower(t.title).includes(piece)
}

function every(tests: Matches[]): Matches {
  if (tests.length === 1) return tests[0]!
  return (t) => {
    for (const test of tests) if (!test(t)) return false
    return true
  }
}

function some(tests: Matches[]): Matches {
  if (tests.length === 0) return () => true
  if (tests.length === 1) return tests[0]!
  return (t) => {
    for (const test of tests) if (test(t)) return true
    return false
  }
}

function isIn(field: IDField, values: readonly (string | null)[]): Matches {
  const none = values.includes(null)
  const set = new Set(values)
  set.delete(null)
  if (set.size === 0 && !none) return never
  const only = set.size === 1 && !none ? [...set][0]! : undefined
  const list = field === 'assignee' ? 'assignees' : field === 'label' ? 'labels' : undefined
  if (list) {
    if (only) return (t) => t[list].includes(only)
    return (t) => (t[list].length === 0 ? none : t[list].some((v) => set.has(v)))
  }
  const name = field as 'project' | 'status' | 'parent'
  if (only) return (t) => t[name] === only
  return (t) => (t[name] === null ? none : set.has(t[name]))
}

function has(field: IDField | 'due' | 'completed' | 'external'): Matches {
  switch (field) {
    case 'assignee':
      return (t) => t.assignees.length > 0
    case 'label':
      return (t) => t.labels.length > 0
    case 'parent':
      return (t) => t.parent !== null
    case 'due':
      return (t) => t.due_at !== null
    case 'completed':
      return (t) => t.completed_at !== null
    case 'external':
      return (t) => t.external !== null
  }
  return () => true
}

/** Instants are all written alike, so they compare as texts. */
function compared(field: Instant, with_: Bound, before: boolean): Matches {
  const { at, wall } = with_
  if (field === 'due') {
    return (t) => {
      if (t.due_at === null) return false
      const end = t.due?.time_zone ? at : wall
      return before ? t.due_at < end : t.due_at >= end
    }
  }
  const name = `${field}_at` as const
  return (t) => {
    const value = t[name]
    return value !== null && (before ? value < at : value >= at)
  }
}

function external(is: string): Matches {
  const [source, id] = is.split('\0', 2)
  const key = is.slice((source ?? '').length + 1)
  return (t) => t.external !== null && t.external.source === source && (id === undefined || t.external.id === key)
}
