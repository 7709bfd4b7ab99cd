import { useLingui } from '@lingui/react/macro'

import { speak, useNow } from '../../../dates'
import { usePriorityNames } from '../../../fields/values'
import { i18n } from '../../../i18n/i18n'
import { useProject, useStore, useZone, type Task, type When } from '../../../store'
import { useEstimateWords } from '../properties/estimate'
import { useRepeatWords } from '../../../fields/repeatWords'
import type { Line } from './useActivity'

type Values = Record<string, unknown>

/** What a line of a task's history says, a sentence for each change; nothing for what nobody needs to read. */
export function useLineWords(task: Task): (line: Line) => string[] {
  const { t } = useLingui()
  const fields = useFieldWords(task)
  const { memory } = useStore()
  const whole: Record<string, (after: Values, before: Values) => string | undefined> = {
    'task.created': () => t`made the task`,
    'task.deleted': () => t`moved it to the trash`,
    'task.restored': () => t`took it out of the trash`,
    'comment.deleted': () => t`deleted a comment`,
    'attachment.created': (after) => named(after, (name) => t`attached ${name}`, t`attached a file`),
    'attachment.deleted': (_, before) => named(before, (name) => t`deleted ${name}`, t`deleted a file`),
    'attachment.restored': (after) => named(after, (name) => t`restored ${name}`, t`restored a file`),
    'relation.created': (after) => relation(after, true),
    'relation.deleted': (_, before) => relation(before, false),
  }
  const named = (values: Values, say: (name: string) => string, plain: string) =>
    typeof values.name === 'string' ? say(values.name) : plain
  const relation = ({ type, other, task: from }: Values, made: boolean) => {
    const far = other === task.id ? from : other
    const there = memory.data.get('task', String(far))
    const title = there ? `${there.key} ${there.title}`.trim() : t`another task`
    if (!made) return t`took away the relation to ${title}`
    if (type === 'blocks') return other === task.id ? t`said that ${title} blocks it` : t`said that it blocks ${title}`
    if (type === 'duplicates') return t`said that it duplicates ${title}`
    return t`related it to ${title}`
  }
  return (line) => {
    const after = line.after ?? {}
    const before = line.before ?? {}
    if (line.type === 'task.updated') return fields(before, after)
    const words = whole[line.type]?.(after, before)
    return words ? [words] : []
  }
}

/** The sentences for fields that have new values. */
function useFieldWords(task: Task): (before: Values, after: Values) => string[] {
  const { t } = useLingui()
  const { memory } = useStore()
  const zone = useZone()
  const now = useNow()
  const priorities = usePriorityNames()
  const unit = useProject(task.project)?.estimate_unit ?? 'points'
  const estimate = useEstimateWords()
  const repeat = useRepeatWords()
  const day = (v: unknown) =>
    speak((typeof v === 'string' ? { date: v } : v) as When, { zone, now, locale: i18n.locale })
  const list = (ids: string[], kind: 'member' | 'label') =>
    ids.map((id) => memory.data.get(kind, id)?.name ?? (kind === 'member' ? t`somebody` : t`a label`)).join(', ')
  const asList = (v: unknown) => (Array.isArray(v) ? (v as string[]) : [])
  const set = (before: unknown, after: unknown, add: (ids: string[]) => string, drop: (ids: string[]) => string) => {
    const [was, is] = [asList(before), asList(after)]
    const added = is.filter((id) => !was.includes(id))
    const dropped = was.filter((id) => !is.includes(id))
    return [...(added.length ? [add(added)] : []), ...(dropped.length ? [drop(dropped)] : [])]
  }
  const status = (id: unknown) => memory.reads.status(String(id))?.name ?? t`another status`
  const title = (id: unknown) => memory.data.get('task', String(id))?.title ?? t`another task`

  const say: Record<string, (after: unknown, before: unknown) => string[]> = {
    title: (a) => [t`renamed it to “${String(a)}”`],
    description: () => [t`changed the description`],
    status: (a) => [t`set the status to ${status(a)}`],
    priority: (a) => [
      Number(a) === 0 ? t`took away the priority` : t`set the priority to ${priorities[Number(a)] ?? ''}`,
    ],
    assignees: (a, b) =>
      set(
        b,
        a,
        (ids) => t`assigned ${list(ids, 'member')}`,
        (ids) => t`no longer assigned ${list(ids, 'member')}`,
      ),
    labels: (a, b) =>
      set(
        b,
        a,
        (ids) => t`added ${list(ids, 'label')}`,
        (ids) => t`took away ${list(ids, 'label')}`,
      ),
    due: (a) => [a ? t`set the due date to ${day(a)}` : t`took away the due date`],
    start: (a) => [a ? t`set the start to ${day(a)}` : t`took away the start date`],
    estimate: (a) => [typeof a === 'number' ? t`estimated ${estimate(a, unit)}` : t`took away the estimate`],
    recurrence: (a) => [a ? t`had it repeat: ${repeat(a as Task['recurrence'])}` : t`ended the repetition`],
    parent: (a) => [a ? t`made it part of “${title(a)}”` : t`made it no part of another task`],
    project: (a) => [t`moved it to ${memory.data.get('project', String(a))?.name ?? t`another project`}`],
  }
  return (before, after) =>
    Object.keys(say).flatMap((field) => (field in after ? say[field]!(after[field], before[field]) : []))
}
