import type { ID } from './types'

/** One thing that somebody did, by the changes that it was made of. */
export interface Deed {
  ops: ID[]
  /** Takes it back, and gives what that did. */
  back(): Deed | undefined
}

const most = 200

/** What was done in this tab, to be taken back and done again. */
export class Undos {
  private done: Deed[] = []
  private undone: Deed[] = []

  did(deed: Deed): void {
    this.done = [...this.done.slice(-most), deed]
    this.undone = []
  }

  /** Takes something back that was done, once. */
  undo(deed = this.done.at(-1)): boolean {
    if (!deed || !this.done.includes(deed)) return false
    this.done = this.done.filter((d) => d !== deed)
    const again = deed.back()
    if (again) this.undone.push(again)
    return true
  }

  redo(): boolean {
    const deed = this.undone.pop()
    const again = deed?.back()
    if (again) this.done.push(again)
    return deed !== undefined
  }

  clear(): void {
    this.done = []
    this.undone = []
  }
}
