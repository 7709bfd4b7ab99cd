import { useLingui } from '@lingui/react/macro'

import type { ID, Relation } from '../../../store'

/** How another task stands to this one, as one says it. */
export type Kind = 'blocked' | 'blocks' | 'relates' | 'duplicates' | 'duplicated'

export const kinds: readonly Kind[] = ['blocked', 'blocks', 'relates', 'duplicates', 'duplicated']

export function useKindNames(): Record<Kind, string> {
  const { t } = useLingui()
  return {
    blocked: t`Blocked by`,
    blocks: t`Blocks`,
    relates: t`Related to`,
    duplicates: t`Duplicates`,
    duplicated: t`Duplicated by`,
  }
}

/** What a relation is, seen from one of its ends, and the task at the other. */
export function seenFrom(task: ID, relation: Relation): { kind: Kind; other: ID } {
  const here = relation.task === task
  const other = here ? relation.other : relation.task
  if (relation.type === 'relates') return { kind: 'relates', other }
  if (relation.type === 'blocks') return { kind: here ? 'blocks' : 'blocked', other }
  return { kind: here ? 'duplicates' : 'duplicated', other }
}

/** The relation that makes another task stand so to this one: from which to which. */
export function relationOf(task: ID, kind: Kind, other: ID): Pick<Relation, 'type' | 'task' | 'other'> {
  if (kind === 'blocked') return { type: 'blocks', task: other, other: task }
  if (kind === 'duplicated') return { type: 'duplicates', task: other, other: task }
  return { type: kind, task, other }
}
