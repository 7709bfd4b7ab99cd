import type { Loaded, Op, Refused, Touched } from '../engine'
import type { ID } from '../types'
import type { Disk, Filling, Waiting, Write } from './disk'

/** Stands for the disk where there is none: a private window, or one that is full. It keeps only what memory must. */
export class MemoryDisk implements Disk {
  readonly lasting = false
  private texts = new Map<ID, string>()
  private queue = new Map<number, Op>()
  private parked = new Map<ID, Refused>()
  private last = 0
  private at: string | undefined

  async cursor() {
    return this.at
  }

  // The engine holds the rows already.
  async *chunks(): AsyncGenerator<Loaded[]> {}

  async recent(): Promise<Touched[]> {
    return []
  }

  async text(task: ID) {
    return this.texts.get(task)
  }

  async eachText(visit: (task: ID, text: string) => void) {
    for (const [task, text] of this.texts) visit(task, text)
  }

  async write({ cursor, touched = [], done = [], changed = [], refused = [], seen = [] }: Write) {
    if (cursor !== undefined) this.at = cursor
    this.take(touched)
    for (const n of done) this.queue.delete(n)
    for (const { n, op } of changed) this.queue.set(n, op)
    for (const r of refused) this.parked.set(r.op.id, r)
    for (const id of seen) this.parked.delete(id)
  }

  async fill(): Promise<Filling> {
    const texts = new Map<ID, string>()
    return {
      add: async (rows) => {
        for (const { kind, row } of rows) if (kind === 'task' && row.description) texts.set(row.id, row.description)
      },
      finish: async (cursor) => {
        this.texts = texts
        this.at = cursor
      },
    }
  }

  async forget(_: ID, touched: readonly Touched[]) {
    this.take(touched)
  }

  async tidy() {}

  async add(op: Op) {
    this.queue.set(++this.last, op)
    return false
  }

  async waiting(): Promise<Waiting[]> {
    return [...this.queue].map(([n, op]) => ({ n, op }))
  }

  async refused() {
    return [...this.parked.values()]
  }

  close() {}

  private take(touched: readonly Touched[]) {
    for (const { kind, id, row, description } of touched) {
      if (kind !== 'task') continue
      if (row === null) this.texts.delete(id)
      else if (description !== undefined) this.texts.set(id, description)
    }
  }
}
