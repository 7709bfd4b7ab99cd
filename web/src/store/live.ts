import type { Data } from './data'
import { group } from './filter/groups'
import { matches, type HasWords, type Matches } from './filter/matches'
import { comparing, placeOf, sort, type Compare, type Order } from './filter/order'
import { compile, isRelative, sortOf, type Where } from './filter/where'
import { alike } from './same'
import type { Group, GroupBy, ID, Project, Query, Task } from './types'

/** What queries are answered with. */
export interface Answering {
  data: Data
  me(): ID
  zone(): string
  now(): number
  /** In their order. */
  projects(): readonly Project[]
  hasWords: HasWords
}

/** Which tasks changed: what was shown of each before. */
export type TaskChanges = ReadonlyMap<ID, Task | undefined>

/** A query that is kept answered. */
export class LiveQuery {
  private where!: Where
  private matches!: Matches
  private order!: Order
  private compare!: Compare
  private list: Task[] = []
  private groups = new Map<GroupBy, { of: readonly Task[]; groups: readonly Group[] }>()
  readonly relative: boolean
  readonly byWords: boolean

  constructor(
    private readonly query: Query,
    private readonly from: Answering,
  ) {
    this.relative = isRelative(query.filter ?? {})
    this.byWords = JSON.stringify(query.filter ?? {}).includes('"text"')
    this.answer()
  }

  tasks(): readonly Task[] {
    return this.list
  }

  /** The groups of what is found. They stay the same as long as nothing in them changes. */
  grouped(by: GroupBy): readonly Group[] {
    const known = this.groups.get(by)
    if (known?.of === this.list) return known.groups
    const made = group(this.list, by, {
      where: this.where,
      zone: this.zone(),
      now: this.from.now(),
      projects: this.from.projects(),
    })
    const before = new Map(known?.groups.map((g) => [g.key, g]))
    const groups = made.map((g) => {
      const old = before.get(g.key)
      return old && alike(old.tasks, g.tasks) ? old : g
    })
    const same = known && alike(known.groups, groups) ? known.groups : groups
    this.groups.set(by, { of: this.list, groups: same })
    return same
  }

  /** Answers anew: the day, a status or who asks may be another. Reports whether the answer is. */
  answer(): boolean {
    this.where = compile(this.query.filter ?? {}, {
      me: this.from.me(),
      zone: this.zone(),
      now: this.from.now(),
      projects: this.from.projects(),
    })
    this.matches = matches(this.where, this.from.hasWords)
    this.order = sortOf(this.where, this.query.sort)
    this.compare = comparing(this.order)
    return this.fill()
  }

  /** Forgets how the answer was grouped: the day or a status is another. */
  regroup(): void {
    for (const g of this.groups.values()) g.of = []
  }

  private fill(): boolean {
    const found: Task[] = []
    for (const t of this.candidates()) if (this.matches(t)) found.push(t)
    sort(found, this.order)
    if (alike(found, this.list)) return false
    this.list = found
    return true
  }

  private *some(ids: Iterable<ID>): Iterable<Task> {
    for (const id of ids) {
      const t = this.from.data.get('task', id)
      if (t) yield t
    }
  }

  private candidates(): Iterable<Task> {
    const { data } = this.from
    const parent = pinned(this.where, 'parent')
    if (parent) return this.some(data.childrenOf.of(parent))
    const project = pinned(this.where, 'project')
    return project ? this.some(data.tasksOf.of(project)) : data.all('task')
  }

  /** Takes up changes of tasks. Reports whether the answer is another. */
  change(changes: TaskChanges): boolean {
    if (changes.size > 100 && changes.size > this.list.length / 8) return this.fill()
    const out: number[] = []
    const put: Task[] = []
    let list: Task[] | undefined
    for (const [id, before] of changes) {
      const after = this.from.data.get('task', id)
      const at = before ? placeOf(this.list, before, this.compare) : -1
      const was = at >= 0 && this.list[at] === before
      const is = after !== undefined && this.matches(after)
      if (was && is && this.compare(before!, after) === 0) (list ??= [...this.list])[at] = after
      else {
        if (was) out.push(at)
        if (is) put.push(after)
      }
    }
    if (!list && !out.length && !put.length) return false
    list ??= [...this.list]
    for (const at of out.sort((a, b) => b - a)) list.splice(at, 1)
    for (const t of put) list.splice(placeOf(list, t, this.compare), 0, t)
    this.list = list
    return true
  }

  private zone(): string {
    return this.query.zone ?? this.from.zone()
  }
}

function pinned(w: Where, field: 'project' | 'parent'): ID | undefined {
  if ('all' in w) {
    for (const c of w.all) {
      const id = pinned(c, field)
      if (id) return id
    }
    return undefined
  }
  return 'in' in w && w.field === field && w.in.length === 1 ? (w.in[0] ?? undefined) : undefined
}
