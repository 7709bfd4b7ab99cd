import type { Action } from './action'
import type { Confirmed } from './confirmed'
import { kinds, type Data } from './data'
import type { Loaded, Op } from './engine'
import { Forecast } from './forecast'
import { same } from './same'
import { show } from './show'
import type { ID, Task } from './types'

interface Waiting {
  op: Op
  positions: Map<ID, string>
  /** What the server answered, and the point in history until which what else came of it is shown as expected. */
  answered?: { rows: readonly Loaded[]; seq: number }
}

/** The changes that wait on top of what is confirmed, in the order in which they were made. */
export class Waitings {
  private list: Waiting[] = []

  constructor(
    private readonly data: Data,
    private readonly confirmed: Confirmed,
    private readonly me: () => { id: ID; name: string },
  ) {}

  get size(): number {
    return this.list.length
  }

  /** Those that the server has not answered. */
  unanswered(): Op[] {
    return this.list.filter((w) => !w.answered).map((w) => w.op)
  }

  has(op: ID): boolean {
    return this.list.some((w) => w.op.id === op)
  }

  add(op: Op): void {
    const w: Waiting = { op, positions: new Map() }
    this.list.push(w)
    this.show(w)
  }

  drop(op: ID): void {
    this.list = this.list.filter((w) => w.op.id !== op)
  }

  answer(op: ID, rows: readonly Loaded[], seq: number): void {
    const w = this.list.find((o) => o.op.id === op)
    if (w) w.answered = { rows, seq }
  }

  /** Takes up as confirmed what was answered and is all told by now. */
  reached(seq: number): boolean {
    const done = this.list.filter((w) => w.answered && w.answered.seq <= seq)
    if (done.length === 0) return false
    for (const w of done) for (const r of w.answered!.rows) this.confirmed.loadAnswered(r)
    this.list = this.list.filter((w) => !done.includes(w))
    return true
  }

  clear(): void {
    this.list = []
  }

  /** The description that a waiting change gives a task. */
  description(task: ID): string | undefined {
    return this.list.reduce<string | undefined>((text, w) => descriptionIn(w.op.action, task) ?? text, undefined)
  }

  /** Shows all of it anew, over what is confirmed now. What is as it was stays the same row. */
  replay(): void {
    const before = kinds.map((kind) => [kind, this.data.tables[kind].uncover()] as const)
    for (const w of this.list) this.show(w)
    for (const [kind, rows] of before) {
      for (const [id, row] of rows) {
        const now = this.data.get(kind, id)
        if (row && now && row !== now && same(row, now)) this.data.tables[kind].show(id, row as never)
      }
    }
  }

  private show(w: Waiting): void {
    const f = new Forecast(this.data, this.confirmed.graves, this.me(), w.op.at, w.positions)
    // a relation's id is the server's: once it is known, the one made up is not shown beside it
    if (!(w.answered && w.op.action.kind === 'relation.create')) show(f, w.op.action)
    for (const { kind, row } of w.answered?.rows ?? []) {
      if (this.confirmed.versionOf(kind, row.id) >= row.version) continue
      if (kind === 'task') f.putTask(row.id, bare(row))
      else if (kind === 'comment') f.putComment(row.id, row)
      else f.put(kind, row.id, row)
    }
  }
}

function bare(row: Task & { description?: string }): Task {
  const { description: _, ...t } = row
  return t
}

function descriptionIn(a: Action, task: ID): string | undefined {
  if (a.kind === 'task.create') return a.task.id === task ? (a.task.description ?? '') : undefined
  if (a.kind === 'task.update') return a.id === task ? a.patch.description : undefined
  if (a.kind !== 'batch') return undefined
  return a.actions.reduce<string | undefined>((text, b) => descriptionIn(b, task) ?? text, undefined)
}
