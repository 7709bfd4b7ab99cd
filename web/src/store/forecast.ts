import type { Action } from './action'
import type { Data, Row } from './data'
import type { Graves } from './graves'
import type { Comment, ID, Kind, Task } from './types'

/** Shows what a change will most likely lead to, before the server has said so. */
export class Forecast {
  /** When the change was made, as the rows write it. */
  readonly now: string

  constructor(
    readonly data: Data,
    readonly graves: Graves,
    readonly me: { id: ID; name: string },
    at: number,
    /** Positions that the change was given when it was shown first: what waits does not move. */
    readonly positions: Map<ID, string>,
  ) {
    this.now = new Date(at).toISOString()
  }

  put<K extends Exclude<Kind, 'task' | 'comment'>>(kind: K, id: ID, row: Row | undefined): void {
    this.data.tables[kind].show(id, row as never)
  }

  putTask(id: ID, row: Task | undefined): void {
    const before = this.data.get('task', id)
    this.data.tables.task.show(id, row)
    for (const parent of new Set([before?.parent, row?.parent])) {
      const p = parent && this.data.get('task', parent)
      if (!p) continue
      const all = counts(row, parent) - counts(before, parent)
      const done = counts(row, parent, true) - counts(before, parent, true)
      if (all || done) {
        this.data.tables.task.show(parent, {
          ...p,
          child_count: p.child_count + all,
          child_done_count: p.child_done_count + done,
        })
      }
    }
  }

  putComment(id: ID, row: Comment | undefined): void {
    const before = this.data.get('comment', id)
    this.data.tables.comment.show(id, row)
    const of = (row ?? before)?.task
    const task = of && this.data.get('task', of)
    const more = (row ? 1 : 0) - (before ? 1 : 0)
    if (task && more) this.data.tables.task.show(task.id, { ...task, comment_count: task.comment_count + more })
  }

  /** A task and all that is below it, parents first. */
  below(id: ID): Task[] {
    const task = this.data.get('task', id)
    const out = task ? [task] : []
    for (const t of out) {
      for (const child of this.data.childrenOf.of(t.id)) {
        const row = this.data.get('task', child)
        if (row && !out.includes(row)) out.push(row)
      }
    }
    return out
  }

  later(time: string): string {
    return time > this.now ? time : this.now
  }
}

function counts(t: Task | undefined, parent: ID, done = false): number {
  return t?.parent === parent && (!done || t.completed_at !== null) ? 1 : 0
}

export type Show<K extends Action['kind']> = (f: Forecast, a: Extract<Action, { kind: K }>) => void
