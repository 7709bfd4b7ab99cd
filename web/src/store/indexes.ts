import type { ID } from './types'

/** Which rows have a value. */
export class Index {
  private readonly sets = new Map<ID, Set<ID>>()

  of(value: ID): ReadonlySet<ID> {
    return this.sets.get(value) ?? none
  }

  move(id: ID, from: ID | null | undefined, to: ID | null | undefined): void {
    if (from === to) return
    if (from) {
      const set = this.sets.get(from)
      set?.delete(id)
      if (set?.size === 0) this.sets.delete(from)
    }
    if (!to) return
    const set = this.sets.get(to)
    if (set) set.add(id)
    else this.sets.set(to, new Set([id]))
  }
}

const none: ReadonlySet<ID> = new Set()
