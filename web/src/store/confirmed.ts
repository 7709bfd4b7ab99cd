import { kinds, type Data } from './data'
import type { Loaded, Touched } from './engine'
import { Graves } from './graves'
import { Interns } from './intern'
import { same } from './same'
import type { Entities, ID, Kind } from './types'

/** What the server has confirmed, by versions: what is older than what is known is passed over. */
export class Confirmed {
  readonly graves = new Graves()
  private readonly interns = new Interns()
  private readonly dead = new Map<ID, number>() // when it was that something went
  private named: Set<ID> | undefined // by the snapshot that is being read
  /** What was touched since the last call of taken. */
  private touched: Touched[] = []

  constructor(readonly data: Data) {}

  taken(): Touched[] {
    const touched = this.touched
    this.touched = []
    return touched
  }

  get<K extends Kind>(kind: K, id: ID): Entities[K] | undefined {
    return this.data.tables[kind].confirmed(id)
  }

  versionOf(kind: Kind, id: ID): number {
    return Math.max(this.get(kind, id)?.version ?? -1, this.dead.get(id) ?? -1)
  }

  /** Takes a row unless something newer is known. */
  load({ kind, row }: Loaded): void {
    const id = row.id
    this.named?.add(id)
    const known = this.versionOf(kind, id)
    // a snapshot may know better without a version that says so: names of those who left for good are taken out
    if (row.version > known || (this.named && row.version === known)) this.put(kind, row as never)
  }

  /** Takes a row that was answered, unless what it belongs to went meanwhile. */
  loadAnswered(r: Loaded): void {
    if (this.belongs(r)) this.load(r)
  }

  private belongs({ kind, row }: Loaded): boolean {
    switch (kind) {
      case 'task':
        return this.get('project', row.project) !== undefined
      case 'comment':
      case 'attachment':
        return this.get('task', row.task) !== undefined
      case 'relation':
        return this.get('task', row.task) !== undefined && this.get('task', row.other) !== undefined
    }
    return true
  }

  put<K extends Kind>(kind: K, row: Entities[K] & { description?: string }): void {
    this.dead.delete(row.id)
    const held = this.get(kind, row.id)
    const fresh = this.interns.row(kind, row)
    const kept = held && same(held, fresh) ? held : fresh
    this.data.tables[kind].confirm(row.id, kept)
    const touched: Touched = { kind, id: row.id, row: kept }
    if (kind === 'task' && row.description !== undefined) touched.description = row.description
    this.touched.push(touched)
  }

  drop(kind: Kind, id: ID, at?: number): void {
    if (at !== undefined) this.dead.set(id, at)
    if (!this.get(kind, id)) return
    this.data.tables[kind].confirm(id, undefined)
    this.touched.push({ kind, id, row: null })
  }

  /** Drops a task with what belongs to it, which it gives. */
  dropTask(id: ID, at?: number): Loaded[] {
    const rest = this.about(id)
    for (const { kind, row } of rest) this.drop(kind, row.id)
    this.drop('task', id, at)
    return rest
  }

  /** What was said and kept about a task, and tied to it. */
  private about(task: ID): Loaded[] {
    const out: Loaded[] = []
    for (const kind of ['comment', 'attachment', 'relation'] as const) {
      for (const id of this.data[`${kind}sOf`].of(task)) {
        const row = this.get(kind, id)
        if (row) out.push({ kind, row } as Loaded)
      }
    }
    return out
  }

  /** Drops a project with all that is in it, which it gives. */
  dropProject(id: ID, at?: number): Loaded[] {
    const project = this.get('project', id)
    const out: Loaded[] = project ? [{ kind: 'project', row: project }] : []
    for (const kind of ['view', 'grant'] as const) {
      for (const row of [...this.data.tables[kind].confirmedRows()]) {
        if (row.project !== id) continue
        out.push({ kind, row } as Loaded)
        this.drop(kind, row.id)
      }
    }
    for (const row of [...this.data.tables.task.confirmedRows()]) {
      if (row.project === id) out.push({ kind: 'task', row }, ...this.dropTask(row.id))
    }
    this.drop('project', id, at)
    return out
  }

  beginSnapshot(): void {
    this.named = new Set()
  }

  abandonSnapshot(): void {
    this.named = undefined
  }

  endSnapshot(seq: number): void {
    const named = this.named
    this.named = undefined
    if (!named) return
    for (const kind of kinds) {
      if (kind === 'grant') continue // no snapshot has any
      for (const row of [...this.data.tables[kind].confirmedRows()]) {
        if (!named.has(row.id) && row.version <= seq) this.drop(kind, row.id)
      }
    }
  }

  clear(): void {
    for (const kind of kinds) {
      for (const row of [...this.data.tables[kind].confirmedRows()]) this.data.tables[kind].confirm(row.id, undefined)
    }
    this.graves.clear()
    this.interns.clear()
    this.dead.clear()
    this.named = undefined
    this.touched = []
  }
}
