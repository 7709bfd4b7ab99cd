import { Index } from './indexes'
import { Table } from './table'
import type { Entities, ID, Kind, Task } from './types'

export type Row = Entities[Kind]
/** What was shown of each row before the present step, undefined if nothing was. */
export type Changes = Map<Kind, Map<ID, Row | undefined>>

export const kinds: readonly Kind[] = [
  'project',
  'label',
  'member',
  'view',
  'grant',
  'task',
  'comment',
  'attachment',
  'relation',
]

/** All rows, and by what they are found. */
export class Data {
  readonly tasksOf = new Index() // a project's
  readonly childrenOf = new Index()
  readonly commentsOf = new Index()
  readonly attachmentsOf = new Index()
  readonly relationsOf = new Index() // at either end
  private readonly keys = new Map<string, ID>()
  private changes: Changes = new Map()

  readonly tables: { [K in Kind]: Table<Entities[K]> } = {
    project: this.table('project'),
    label: this.table('label'),
    member: this.table('member'),
    view: this.table('view'),
    grant: this.table('grant'),
    task: this.table('task'),
    comment: this.table('comment'),
    attachment: this.table('attachment'),
    relation: this.table('relation'),
  }

  private table<K extends Kind>(kind: K): Table<Entities[K]> {
    return new Table((id, before, after) => {
      let changed = this.changes.get(kind)
      if (!changed) this.changes.set(kind, (changed = new Map()))
      if (!changed.has(id)) changed.set(id, before)
      this.find(kind, id, before, after)
    })
  }

  get<K extends Kind>(kind: K, id: ID): Entities[K] | undefined {
    return this.tables[kind].get(id)
  }

  all<K extends Kind>(kind: K): Iterable<Entities[K]> {
    return this.tables[kind].rows.values()
  }

  /** The task of an id, a key or a former key. */
  task(ref: string): Task | undefined {
    return this.get('task', ref) ?? this.get('task', this.keys.get(ref.toUpperCase()) ?? '')
  }

  /** What changed since the last call. */
  taken(): Changes {
    const changes = this.changes
    this.changes = new Map()
    return changes
  }

  private find(kind: Kind, id: ID, before: Row | undefined, after: Row | undefined): void {
    switch (kind) {
      case 'task':
        this.findTask(id, before as Task | undefined, after as Task | undefined)
        break
      case 'comment':
      case 'attachment':
        this[`${kind}sOf`].move(id, (before as Entities['comment'])?.task, (after as Entities['comment'])?.task)
        break
      case 'relation': {
        const [from, to] = [before, after] as (Entities['relation'] | undefined)[]
        if (from && to) break // its ends are its identity
        for (const end of ['task', 'other'] as const) this.relationsOf.move(id, from?.[end], to?.[end])
      }
    }
  }

  private findTask(id: ID, before: Task | undefined, after: Task | undefined): void {
    this.tasksOf.move(id, before?.project, after?.project)
    this.childrenOf.move(id, before?.parent, after?.parent)
    if (before?.key === after?.key && before?.previous_keys === after?.previous_keys) return
    if (before) for (const k of [before.key, ...before.previous_keys]) if (this.keys.get(k) === id) this.keys.delete(k)
    if (after) for (const k of [after.key, ...after.previous_keys]) if (k) this.keys.set(k, id)
  }
}
