import { t } from '@lingui/core/macro'

import type { Refused } from '../../store'
import type { Memory } from '../../store/memory'

/** A field that two people changed: what it was, and what each wants. */
export interface Conflict {
  field: string
  base: unknown
  theirs: unknown
  mine: unknown
  /** Whether it is a text, so that both may go into one. */
  text: boolean
}

export function conflictsOf({ op, problem }: Refused): Conflict[] {
  const a = op.action
  const wanted = ('patch' in a ? a.patch : a) as Record<string, unknown>
  return problem.conflicts.map(({ field, base, theirs }) => {
    const mine = wanted[field]
    return {
      field,
      base,
      theirs,
      mine,
      text: typeof mine === 'string' && ['title', 'description', 'body', 'name'].includes(field),
    }
  })
}

export function fieldName(field: string): string {
  const names: Record<string, string> = {
    title: t`Title`,
    description: t`Description`,
    body: t`Comment`,
    name: t`Name`,
    status: t`Status`,
    priority: t`Priority`,
    assignees: t`Assignees`,
    labels: t`Labels`,
    due: t`Due`,
    start: t`Start`,
    estimate: t`Estimate`,
    parent: t`Parent`,
  }
  return names[field] ?? field
}

/** A value as words. */
export function valueWords(field: string, value: unknown, m: Memory): string {
  if (value === null || value === undefined || value === '') return t`Nothing`
  if (field === 'priority')
    return [t`No priority`, t`Urgent`, t`High`, t`Medium`, t`Low`][Number(value)] ?? String(value)
  if (field === 'status') return m.reads.status(String(value))?.name ?? String(value)
  if (Array.isArray(value)) {
    const kind = field === 'labels' ? 'label' : 'member'
    return value.map((id) => m.data.get(kind, String(id))?.name ?? String(id)).join(', ') || t`Nothing`
  }
  if (typeof value === 'object' && 'date' in value) {
    const { date, time } = value as { date: string; time?: string | null }
    return time ? `${date} ${time}` : date
  }
  if (field === 'parent') return m.data.get('task', String(value))?.key ?? String(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
