import { today } from '../dates/days'
import { LiveQuery, type Answering, type TaskChanges } from './live'
import type { Topics } from './topics'
import type { Query } from './types'

const idle = 40 // queries that nobody looks at are kept answered, for who comes back

/** The name of a query, by which it is shared. */
export function queryName(q: Query): string {
  return 'query ' + JSON.stringify([q.filter ?? {}, q.sort ?? '', q.zone ?? ''])
}

/** The queries that are looked at. */
export class Queries {
  private readonly live = new Map<string, LiveQuery>()
  private day = ''

  constructor(
    private readonly from: Answering,
    private readonly topics: Topics,
  ) {}

  get(q: Query, name = queryName(q)): LiveQuery {
    let live = this.live.get(name)
    if (live) return live
    if (this.live.size >= idle) this.dropIdle()
    live = new LiveQuery(q, this.from)
    this.live.set(name, live)
    return live
  }

  private dropIdle(): void {
    for (const name of this.live.keys()) {
      if (this.live.size < idle) return
      if (!this.topics.isHeard(name)) this.live.delete(name)
    }
  }

  /** Takes up changes of tasks. Gives the names of the queries whose answer is another. */
  change(changes: TaskChanges): string[] {
    return [...this.live].filter(([, q]) => q.change(changes)).map(([name]) => name)
  }

  /** Answers everything anew, or just what searches by words. Gives all names, for groups may be others too. */
  answer(byWords = false): string[] {
    const names: string[] = []
    for (const [name, q] of this.live) {
      if (byWords && !q.byWords) continue
      q.answer()
      q.regroup()
      names.push(name)
    }
    return names
  }

  /** Whether it is another day than when this was asked last. */
  isNewDay(): boolean {
    const day = today(this.from.zone(), this.from.now())
    const isNew = this.day !== '' && day !== this.day
    this.day = day
    return isNew
  }

  clear(): void {
    this.live.clear()
  }
}
