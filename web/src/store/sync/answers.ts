import type { Action } from '../action'
import type { Loaded } from '../engine'
import type { Entities, Kind } from '../types'

/** What the store holds of what the API tells of. */
export const kinds: ReadonlySet<string> = new Set<Kind>([
  'project',
  'label',
  'member',
  'view',
  'task',
  'comment',
  'attachment',
  'relation',
  'grant',
])

/** The rows that stand in the answer to a change. A status stands in its project, of which the history tells. */
export function rowsOf(action: Action, body: unknown): Loaded[] {
  if (body === null || typeof body !== 'object') return []
  if (action.kind === 'batch') {
    const { results = [] } = body as { results?: { task: Entities['task'] | null }[] }
    return results.flatMap(({ task }) => (task ? [{ kind: 'task', row: task } as Loaded] : []))
  }
  const kind = action.kind.slice(0, action.kind.indexOf('.'))
  return kinds.has(kind) && 'id' in body ? [{ kind, row: body } as Loaded] : []
}
