import type { Refused } from './engine'
import type { ID } from './types'

/** Promises of how changes end. */
export class Outcomes {
  private readonly open = new Map<ID, { keep: () => void; break: (why: Refused['problem']) => void }>()

  of(op: ID): Promise<void> {
    const saved = new Promise<void>((keep, no) => this.open.set(op, { keep, break: no }))
    saved.catch(() => undefined) // who does not wait for it is told in other ways
    return saved
  }

  settle(op: ID, problem?: Refused['problem']): void {
    const o = this.open.get(op)
    this.open.delete(op)
    if (problem) o?.break(problem)
    else o?.keep()
  }
}
