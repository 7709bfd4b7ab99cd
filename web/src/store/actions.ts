import type { components } from '../api/schema'
import type { Action } from './action'
import { newID } from './ids'
import { inverse } from './inverse'
import type { Memory } from './memory'
import { requests } from './request'
import { same } from './same'
import type { Comment, ID, Label, NewTask, Place, Project, Relation, SavedView, Status, Task, TaskPatch } from './types'
import { Undos, type Deed } from './undo'

type Schemas = components['schemas']
type Optional<T extends { id?: string }> = T & { id?: ID }

/** A change that is shown. */
export interface Done {
  /** Takes it back; a second time does nothing. */
  undo(): void
  /** Kept when the server has confirmed it, broken with a Problem when it refused it. It need not be waited for. */
  saved: Promise<void>
}

/** Where a task goes that is moved to another project. */
export interface Target {
  project: ID
  status?: ID
  place?: Place
  /** Whether its sub-tasks come along, as they do unless this is false. */
  children?: boolean
}

/** All that can be changed. What is called shows on the screen before it returns. */
export class Actions {
  private readonly undos = new Undos()

  constructor(private readonly memory: Memory) {
    for (const name of Object.getOwnPropertyNames(Actions.prototype) as (keyof Actions)[]) {
      if (name !== ('constructor' as string)) this[name] = (this[name] as () => never).bind(this) // so that they can be taken apart
    }
  }

  // Tasks

  createTask(task: NewTask): Done & { task: Task } {
    const id = task.id ?? newID()
    const done = this.act({ kind: 'task.create', task: { ...task, id } })
    return { ...done, task: this.memory.data.get('task', id)! }
  }

  /** base is the version that whoever changes a text has seen; without it, the one that is there now. */
  updateTask(id: ID, patch: TaskPatch, { base }: { base?: number } = {}): Done {
    return this.act(...(this.changes(id, patch) ? [this.update(id, patch, base)] : []))
  }

  updateTasks(ids: readonly ID[], patch: TaskPatch): Done {
    return this.act(...ids.filter((id) => this.changes(id, patch)).map((id) => this.update(id, patch)))
  }

  /** Whether a patch says anything else than what is there. */
  private changes(id: ID, patch: TaskPatch): boolean {
    const t = this.memory.data.get('task', id)
    return (
      !t || Object.entries(patch).some(([field, value]) => value !== undefined && !same(value, t[field as keyof Task]))
    )
  }

  private update(id: ID, patch: TaskPatch, base?: number): Action {
    const seen = base ?? (hasText(patch) ? this.memory.confirmed('task', id)?.version : undefined)
    return { kind: 'task.update', id, patch, ...(seen ? { base: seen } : {}) }
  }

  moveTask(id: ID, to: Target): Done {
    return this.moveTasks([id], to)
  }

  moveTasks(ids: readonly ID[], to: Target): Done {
    return this.act(...ids.map((id): Action => ({ kind: 'task.move', id, ...to })))
  }

  deleteTasks(ids: readonly ID[]): Done {
    return this.act(...ids.map((id): Action => ({ kind: 'task.delete', id })))
  }

  restoreTasks(ids: readonly ID[]): Done {
    return this.act(...ids.map((id): Action => ({ kind: 'task.restore', id })))
  }

  // What is said about tasks, and ties them

  createComment(task: ID, body: string, id = newID()): Done & { comment: Comment } {
    const done = this.act({ kind: 'comment.create', id, task, body })
    return { ...done, comment: this.memory.data.get('comment', id)! }
  }

  updateComment(id: ID, body: string): Done {
    const c = this.memory.data.get('comment', id)
    if (!c) return nothing
    return this.act({ kind: 'comment.update', id, task: c.task, body, ...(c.version ? { base: c.version } : {}) })
  }

  deleteComment(id: ID): Done {
    const c = this.memory.data.get('comment', id)
    return c ? this.act({ kind: 'comment.delete', id, task: c.task }) : nothing
  }

  relate(task: ID, type: Relation['type'], other: ID): Done {
    return this.act({ kind: 'relation.create', type, task, other })
  }

  unrelate({ type, task, other }: Pick<Relation, 'type' | 'task' | 'other'>): Done {
    return this.act({ kind: 'relation.delete', type, task, other })
  }

  // What all tasks share

  createLabel(label: Optional<Schemas['NewLabel']>): Done & { label: Label } {
    const id = label.id ?? newID()
    const done = this.act({ kind: 'label.create', label: { ...label, id } })
    return { ...done, label: this.memory.data.get('label', id)! }
  }

  updateLabel(id: ID, patch: Schemas['LabelPatch']): Done {
    return this.act({ kind: 'label.update', id, patch })
  }

  deleteLabel(id: ID): Done {
    return this.act({ kind: 'label.delete', id })
  }

  /** Without statuses it gets Backlog, To do, In progress and Done, under the names given or these. */
  createProject(project: Optional<Schemas['NewProject']>): Done & { project: Project } {
    const id = project.id ?? newID()
    const statuses = (project.statuses ?? standard).map((s) => ({ ...s, id: s.id ?? newID() }))
    const done = this.act({ kind: 'project.create', project: { ...project, id, statuses } })
    return { ...done, project: this.memory.data.get('project', id)! }
  }

  updateProject(id: ID, patch: Schemas['ProjectPatch']): Done {
    return this.act({ kind: 'project.update', id, patch })
  }

  deleteProject(id: ID): Done {
    return this.act({ kind: 'project.delete', id })
  }

  restoreProject(id: ID): Done {
    return this.act({ kind: 'project.restore', id })
  }

  createStatus(project: ID, status: Optional<Schemas['NewStatus']>): Done & { status: Status } {
    const id = status.id ?? newID()
    const done = this.act({ kind: 'status.create', project, status: { ...status, id } })
    return { ...done, status: this.memory.reads.status(id)! }
  }

  updateStatus(project: ID, id: ID, patch: Schemas['StatusPatch']): Done {
    return this.act({ kind: 'status.update', project, id, patch })
  }

  /** Its tasks go to another status, which has to be named if there are any. */
  deleteStatus(project: ID, id: ID, to?: ID): Done {
    return this.act({ kind: 'status.delete', project, id, ...(to ? { to } : {}) })
  }

  createView(view: Optional<Schemas['NewView']>): Done & { view: SavedView } {
    const id = view.id ?? newID()
    const done = this.act({ kind: 'view.create', view: { ...view, id } })
    return { ...done, view: this.memory.data.get('view', id)! }
  }

  updateView(id: ID, patch: Schemas['ViewPatch']): Done {
    return this.act({ kind: 'view.update', id, patch })
  }

  deleteView(id: ID): Done {
    return this.act({ kind: 'view.delete', id })
  }

  // Going back

  /** Does several changes as one that is taken back at once. */
  all(...actions: Action[]): Done {
    return this.act(...actions)
  }

  /** Takes back what was done last; false if there is nothing. */
  undoLast(): boolean {
    return this.undos.undo()
  }

  /** Does again what was taken back last. */
  redoLast(): boolean {
    return this.undos.redo()
  }

  /** Lets go of a change that was refused. */
  dismiss(op: ID): void {
    this.memory.dismiss(op)
  }

  forgetDone(): void {
    this.undos.clear()
  }

  private act(...actions: Action[]): Done {
    if (actions.length === 0) return nothing
    const { deed, saved } = this.perform(actions)
    this.undos.did(deed)
    return { saved, undo: () => void this.undos.undo(deed) }
  }

  private perform(actions: readonly Action[]): { deed: Deed; saved: Promise<void> } {
    const { memory } = this
    const inverses: Action[] = []
    const ids = memory.together(() =>
      requests(actions).map((action) => {
        const op = { id: newID(), at: memory.now(), action, inverse: inverse(memory, action) }
        if (op.inverse) inverses.unshift(op.inverse)
        memory.submit(op)
        return op.id
      }),
    )
    const saved = Promise.all(ids.map((id) => memory.saved(id))).then(() => undefined)
    saved.catch(() => undefined)
    return { saved, deed: { ops: ids, back: () => (inverses.length ? this.perform(inverses).deed : undefined) } }
  }
}

const nothing: Done = { undo: () => undefined, saved: Promise.resolve() }

const standard: Schemas['NewStatus'][] = [
  { name: 'Backlog', category: 'backlog' },
  { name: 'To do', category: 'todo' },
  { name: 'In progress', category: 'doing' },
  { name: 'Done', category: 'done' },
]

function hasText(p: TaskPatch): boolean {
  return p.title !== undefined || p.description !== undefined
}
