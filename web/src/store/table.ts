import type { ID } from './types'

/** Rows of one kind: those that are shown, and beneath them the confirmed ones where a waiting change shows another. */
export class Table<R extends { id: ID }> {
  /** What is shown. */
  readonly rows = new Map<ID, R>()
  /** What is confirmed, where it is not what is shown. */
  private readonly beneath = new Map<ID, R | undefined>()

  /** changing is told of every change of what is shown. */
  constructor(private readonly changing: (id: ID, before: R | undefined, after: R | undefined) => void) {}

  get(id: ID): R | undefined {
    return this.rows.get(id)
  }

  confirmed(id: ID): R | undefined {
    return this.beneath.has(id) ? this.beneath.get(id) : this.rows.get(id)
  }

  *confirmedRows(): Iterable<R> {
    for (const [id, row] of this.rows) if (!this.beneath.has(id)) yield row
    for (const row of this.beneath.values()) if (row) yield row
  }

  /** Sets what is confirmed; a waiting change stays on top. */
  confirm(id: ID, row: R | undefined): void {
    if (this.beneath.has(id)) this.beneath.set(id, row)
    else this.write(id, row)
  }

  /** Shows something else than what is confirmed. */
  show(id: ID, row: R | undefined): void {
    if (!this.beneath.has(id)) this.beneath.set(id, this.rows.get(id))
    this.write(id, row)
  }

  /** Shows what is confirmed, everywhere. Gives what was shown before. */
  uncover(): Map<ID, R | undefined> {
    const shown = new Map<ID, R | undefined>()
    for (const [id, row] of this.beneath) {
      shown.set(id, this.rows.get(id))
      this.write(id, row)
    }
    this.beneath.clear()
    return shown
  }

  private write(id: ID, row: R | undefined): void {
    const before = this.rows.get(id)
    if (before === row) return
    if (row) this.rows.set(id, row)
    else this.rows.delete(id)
    this.changing(id, before, row)
  }
}
