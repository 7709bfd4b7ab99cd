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

type Based = { id: ID; base?: number }

/**
 * Versions that one's own changes have led to, by field. What is sent after them may have been written on top of them
 * before they were answered; it is not to be in conflict with what the same person wrote just before.
 */
export class OwnVersions {
  private versions = new Map<string, number>()

  note(done: Action, version: number): void {
    for (const field of fieldsOf(done)) this.versions.set(nameOf(done, field), version)
  }

  /** The action as it is to be sent; the same one if it is based on nothing older. */
  based<A extends Action>(action: A): A {
    const { base } = action as Based
    if (base === undefined) return action
    const newest = Math.max(base, ...fieldsOf(action).map((f) => this.versions.get(nameOf(action, f)) ?? 0))
    return newest === base ? action : { ...action, base: newest }
  }

  /** What waits, where it is now based on something else. */
  rebased(waiting: readonly Waiting[]): Waiting[] {
    return waiting.flatMap(({ n, op }) => {
      const action = this.based(op.action)
      return action === op.action ? [] : [{ n, op: { ...op, action } }]
    })
  }
}

const nameOf = (action: Action, field: string) => `${kindOf(action)} ${(action as Based).id} ${field}`
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
export function resolved(
  op: Op,
  conflicts: readonly { field: string }[],
  keep: Record<string, unknown> | 'theirs',
  base?: number,
): Action | null {
  const { action } = op
  if (action.kind === 'comment.update') {
    if (keep === 'theirs') return null
    const { base: _, ...rest } = action
    return {
      ...rest,
      body: typeof keep.body === 'string' ? keep.body : action.body,
      ...(base !== undefined && { base }),
    }
  }
  if (!('patch' in action)) return null
  const patch: Record<string, unknown> = { ...(action.patch as object) }
  for (const { field } of conflicts) if (keep === 'theirs') delete patch[field]
  if (keep !== 'theirs') Object.assign(patch, keep)
  if (Object.keys(patch).length === 0) return null
  const { base: _, ...rest } = action as Action & { base?: number }
  return { ...rest, patch, ...(base !== undefined && { base }) } as Action
}
