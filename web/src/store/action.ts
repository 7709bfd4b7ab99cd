import type { components } from '../api/schema'
import type { ID, NewTask, Place, Relation, TaskPatch } from './types'

type Schemas = components['schemas']

/** A change as plain data: what the server is asked for, and what the screen shows meanwhile. */
export type Action =
  | { kind: 'task.create'; task: NewTask & { id: ID } }
  | { kind: 'task.update'; id: ID; patch: TaskPatch; base?: number }
  | { kind: 'task.move'; id: ID; project: ID; status?: ID; place?: Place; children?: boolean }
  | { kind: 'task.delete'; id: ID }
  | { kind: 'task.restore'; id: ID }
  | { kind: 'comment.create'; id: ID; task: ID; body: string }
  | { kind: 'comment.update'; id: ID; task: ID; body: string; base?: number }
  | { kind: 'comment.delete'; id: ID; task: ID }
  | { kind: 'relation.create'; type: Relation['type']; task: ID; other: ID }
  | { kind: 'relation.delete'; type: Relation['type']; task: ID; other: ID }
  | { kind: 'label.create'; label: Schemas['NewLabel'] & { id: ID } }
  | { kind: 'label.update'; id: ID; patch: Schemas['LabelPatch']; base?: number }
  | { kind: 'label.delete'; id: ID }
  | { kind: 'project.create'; project: Schemas['NewProject'] & { id: ID } }
  | { kind: 'project.update'; id: ID; patch: Schemas['ProjectPatch']; base?: number }
  | { kind: 'project.delete'; id: ID }
  | { kind: 'project.restore'; id: ID }
  | { kind: 'status.create'; project: ID; status: Schemas['NewStatus'] & { id: ID } }
  | { kind: 'status.update'; project: ID; id: ID; patch: Schemas['StatusPatch'] }
  | { kind: 'status.delete'; project: ID; id: ID; to?: ID }
  | { kind: 'view.create'; view: Schemas['NewView'] & { id: ID } }
  | { kind: 'view.update'; id: ID; patch: Schemas['ViewPatch']; base?: number }
  | { kind: 'view.delete'; id: ID }
  | { kind: 'batch'; actions: Action[] }

/** A request to the server, below the workspace's address. */
export interface Asked {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  headers: Record<string, string>
}
