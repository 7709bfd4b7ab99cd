import type { Action } from '../action'
import type { Engine, Op, Refused } from '../engine'
import type { ID } from '../types'
import type { Disk } from './disk'
import type { Word } from './tabs'
import { rest } from './bring'

/** The changes of a tab: takes what is made here to the disk, and shows what is made in other tabs. */
export class Queue {
  private known = new Set<ID>()
  private storing = 0
  private fleeting = new Set<ID>() // what no disk has taken

  constructor(
    private engine: Engine,
    private disk: () => Disk,
    private tell: (word: Word) => void,
    /** Something waits that did not wait before. */
    private more: () => void,
  ) {}

  /** Whether something that was written here would be lost with this tab. */
  get atRisk(): boolean {
    return this.storing > 0 || this.atHand() > 0
  }

  /** Takes up what waits and what was refused, as the disk has it. */
  async arrive(): Promise<void> {
    const [waiting] = await Promise.all([this.disk().waiting(), this.showRefused()])
    for (const { op } of waiting) this.show(op)
  }

  async showRefused(): Promise<void> {
    const refused = await this.disk().refused()
    this.engine.tellSync({ refused })
  }

  /** How many changes wait that this tab alone knows of. */
  private atHand(): number {
    return this.engine.pending().filter((op) => this.fleeting.has(op.id)).length
  }

  /** Has the screen say how many changes wait. */
  count(): void {
    this.engine.tellSync({ waiting: this.engine.pending().length, fleeting: this.atHand() })
  }

  /** A change was made in this tab. It is safe once it is on the disk. */
  async made(op: Op): Promise<void> {
    this.known.add(op.id)
    this.count()
    this.storing++
    try {
      if (!(await this.disk().add(op))) this.fleeting.add(op.id)
    } finally {
      this.storing--
    }
    if (this.fleeting.has(op.id)) this.count()
    this.tell({ say: 'op', op })
    this.more()
  }

  /** Shows a change that waits already. */
  show(op: Op): void {
    if (this.known.has(op.id)) return
    this.known.add(op.id)
    this.engine.enqueue(op)
    this.count()
  }

  /** Another tab has told what became of a change. */
  settled({ op, rows, seq }: Extract<Word, { say: 'settled' }>): void {
    this.known.add(op)
    this.engine.settle(op, rows, seq)
    this.count()
  }

  refused(refused: readonly Refused[]): void {
    for (const { op, problem } of refused) this.engine.refuse(op.id, problem)
    this.count()
  }

  canceled(ops: readonly ID[]): void {
    for (const op of ops) this.engine.refuse(op)
    this.count()
  }

  /** Sends a refused change again. */
  retry(op: ID): Promise<void> {
    return this.again(op, ({ op }) => op.action)
  }

  /**
   * Settles a conflict: theirs are kept, or what is given for the fields in conflict; with nothing for them what she wrote.
   * It is sent as based on what is confirmed by now.
   */
  resolve(op: ID, keep: Record<string, unknown> | 'theirs'): Promise<void> {
    return this.again(op, async ({ op, problem }) => {
      const { action } = op
      const kind = action.kind.split('.')[0] as 'task'
      const row = 'id' in action ? this.engine.confirmed(kind, action.id) : undefined
      return (await rest()).resolved(op, problem.conflicts, keep, row?.version)
    })
  }

  private async again(id: ID, next: (refused: Refused) => Action | null | Promise<Action | null>): Promise<void> {
    const found = (await this.disk().refused()).find((r) => r.op.id === id)
    if (!found) return
    const action = await next(found)
    if (action) {
      const op = { ...found.op, action, at: Date.now() }
      this.engine.enqueue(op)
      await this.made(op)
    }
    await this.seen([id])
    await this.showRefused()
  }

  /** Somebody has seen to refused changes. */
  async seen(ops: ID[]): Promise<void> {
    await this.disk().write({ seen: ops })
    this.tell({ say: 'seen', ops })
  }
}
