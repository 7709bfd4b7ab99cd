import type { Action } from '../action'
import type { Op, Refused } from '../engine'
import type { ID, TaskPatch } from '../types'
import type { Waiting } from './disk'

type Update = Extract<Action, { kind: 'task.update' }>

const texts = new Set(['title', 'description'])

/** An update of nothing but a task's words, of which there are many while somebody types. */
function typed(op: Op): Update | undefined {
  const { action } = op
  return action.kind === 'task.update' && Object.keys(action.patch).every((f) => texts.has(f)) ? action : undefined
}

/** The first of what waits, with what follows at once and only says again what the same fields of the same task are to be. */
export function together(waiting: readonly Waiting[]): { action: Action; parts: Waiting[] } {
  const first = waiting[0]!
  const action = typed(first.op)
  if (!action) return { action: first.op.action, parts: [first] }
  const fields = new Set(Object.keys(action.patch))
  let patch: TaskPatch = action.patch
  const parts = [first]
  for (const next of waiting.slice(1)) {
    const more = typed(next.op)
    if (!more || more.id !== action.id || !Object.keys(more.patch).every((f) => fields.has(f))) break
    patch = { ...patch, ...more.patch }
    parts.push(next)
  }
  return { action: { ...action, patch }, parts }
}

type Based = Extract<Action, { base?: number }> & { id: ID; patch?: object }

/**
 * What waits behind an update that has been confirmed is based on a row before it. It is not to be in conflict with what
 * the same person wrote just before, so it is based on what she has been answered, where both write the same fields.
 */
export function rebased(done: Action, version: number, waiting: readonly Waiting[]): Waiting[] {
  if (!('id' in done)) return []
  const fields = fieldsOf(done)
  return waiting.flatMap(({ n, op }) => {
    const action = op.action as Based
    const same = 'id' in action && action.id === done.id && kindOf(action) === kindOf(done)
    if (!same || action.base === undefined || action.base >= version || !fieldsOf(action).some((f) => fields.includes(f))) return []
    return [{ n, op: { ...op, action: { ...action, base: version } as Action } }]
  })
}

const kindOf = (action: Action) => action.kind.split('.')[0]
const fieldsOf = (action: Action) => ('patch' in action ? Object.keys(action.patch) : 'body' in action ? ['body'] : [])

/** The ids of what a change makes. */
function madeBy(action: Action): ID[] {
  switch (action.kind) {
    case 'batch':
      return action.actions.flatMap(madeBy)
    case 'task.create':
      return [action.task.id]
    case 'project.create':
      return [action.project.id]
    case 'label.create':
      return [action.label.id]
    case 'status.create':
      return [action.status.id]
    case 'view.create':
      return [action.view.id]
    case 'comment.create':
      return [action.id]
    default:
      return []
  }
}

/** What of the rest can't be either, because something that it names was not made. */
export function dependants(refused: readonly Waiting[], rest: readonly Waiting[]): Waiting[] {
  const missing = refused.flatMap(({ op }) => madeBy(op.action))
  return rest.filter(({ op }) => {
    const named = missing.some((id) => JSON.stringify(op.action).includes(id))
    if (named) missing.push(...madeBy(op.action))
    return named
  })
}

/** Whether the server holds already what was asked for: an answer was lost, and this is the second time. */
export function alreadySo(action: Action, problem: Refused['problem']): boolean {
  const conflicts = problem.conflicts ?? []
  if (problem.status !== 412 || conflicts.length === 0) return false
  const mine = ('patch' in action ? action.patch : action) as Record<string, unknown>
  return conflicts.every(({ field, theirs }) => field in mine && JSON.stringify(mine[field]) === JSON.stringify(theirs))
}

/** The change that is to be sent once somebody has chosen between hers and theirs; null if nothing is left of it. */
export function resolved(op: Op, conflicts: readonly { field: string }[], keep: Record<string, unknown> | 'theirs', base?: number): Action | null {
  const { action } = op
  if (action.kind === 'comment.update') {
    if (keep === 'theirs') return null
    const { base: _, ...rest } = action
    return { ...rest, body: typeof keep.body === 'string' ? keep.body : action.body, ...(base !== undefined && { base }) }
  }
  if (!('patch' in action)) return null
  const patch: Record<string, unknown> = { ...(action.patch as object) }
  for (const { field } of conflicts) if (keep === 'theirs') delete patch[field]
  if (keep !== 'theirs') Object.assign(patch, keep)
  if (Object.keys(patch).length === 0) return null
  const { base: _, ...rest } = action as Action & { base?: number }
  return { ...rest, patch, ...(base !== undefined && { base }) } as Action
}
