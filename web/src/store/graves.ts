import type { Loaded } from './engine'
import type { ID, Task } from './types'

interface Grave {
  task: Task
  /** With which task it went. */
  root: ID
  at: string
  /** What was said and kept about it, and tied to it. */
  rest: Loaded[]
}

/** What went into the trash while this was open, so that it can be shown at once when it is taken out. */
export class Graves {
  private readonly graves = new Map<ID, Grave>()
  private readonly projects = new Map<ID, Loaded[]>()

  bury(task: Task, at: string, rest: Loaded[] = []): void {
    const above = task.parent ? this.graves.get(task.parent) : undefined
    this.graves.set(task.id, { task, at, rest, root: above?.at === at ? above.root : task.id })
  }

  /** A task that went into the trash and what went with it from below it, parents first. */
  of(id: ID): readonly Grave[] {
    const first = this.graves.get(id)
    const out = first ? [first] : []
    for (const g of this.graves.values()) {
      if (g.root === first?.root && g !== first && out.some((o) => o.task.id === g.task.parent)) out.push(g)
    }
    return out
  }

  /** Gives what was kept of a task that is back. */
  rise(id: ID): readonly Loaded[] {
    const rest = this.graves.get(id)?.rest ?? []
    this.graves.delete(id)
    return rest
  }

  buryProject(id: ID, rows: Loaded[]): void {
    this.projects.set(id, rows)
  }

  project(id: ID): readonly Loaded[] {
    return this.projects.get(id) ?? []
  }

  clear(): void {
    this.graves.clear()
    this.projects.clear()
  }
}
