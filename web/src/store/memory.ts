import { Confirmed } from './confirmed'
import { Data, type Changes } from './data'
import type * as E from './engine'
import { follow } from './history'
import { Outcomes } from './outcomes'
import { Queries } from './queries'
import { Reads } from './reads'
import { Texts } from './texts'
import { Topics } from './topics'
import type { Entities, HistoryEvent, ID, Kind } from './types'
import { Waitings } from './waiting'

/** The memory of the local store. */
export class Memory implements E.Engine {
  readonly data = new Data()
  readonly topics = new Topics()
  readonly confirmedRows = new Confirmed(this.data)
  readonly waiting = new Waitings(this.data, this.confirmedRows, () => this.user())
  readonly texts = new Texts(
    () => this.topics.emit(['descriptions']),
    () => this.topics.emit(this.queries.answer(true)),
  )
  readonly reads = new Reads(this)
  readonly queries = new Queries(
    {
      data: this.data,
      me: () => this.user().id,
      zone: () => this.context?.zone ?? 'UTC',
      now: () => this.now(),
      projects: () => this.reads.projects(),
      hasWords: (text) => this.texts.hasWords(text),
    },
    this.topics,
  )
  context: E.Context | undefined
  sync: E.SyncState = { state: 'connecting', waiting: 0, fleeting: 0, refused: [] }
  loaded: E.LoadState = 'nothing'

  private readonly outcomes = new Outcomes()
  private seq = 0 // how far the history has been followed
  private depth = 0
  private stale = false // what waits is shown over other rows than those that are confirmed now
  private textual = false // what waits, or a description, is another
  private readonly tellOps = new Set<(op: E.Op) => void>()
  private readonly tellDismissed = new Set<(op: ID) => void>()

  constructor(readonly now: () => number = Date.now) {}

  private user(): { id: ID; name: string } {
    return this.context?.user ?? { id: '', name: '' }
  }

  setContext(context: E.Context): void {
    this.context = context
    this.topics.emit(['context', ...this.queries.answer()])
  }

  setDescriptions(from: E.Descriptions): void {
    this.texts.setSource(from)
  }

  load(rows: readonly E.Loaded[]): E.Touched[] {
    return this.confirm(() => rows.forEach((r) => this.confirmedRows.load(r)))
  }

  beginSnapshot(): void {
    this.confirmedRows.beginSnapshot()
  }

  endSnapshot(seq: number): E.Touched[] {
    const touched = this.confirm(() => this.confirmedRows.endSnapshot(seq))
    this.reached(seq)
    return touched
  }

  abandonSnapshot(): void {
    this.confirmedRows.abandonSnapshot()
  }

  applyEvent(event: HistoryEvent): E.Applied {
    return this.together(() => {
      let demand: ReturnType<typeof follow> = {}
      const touched = this.confirm(() => (demand = follow(this.confirmedRows, event, this.user().id)))
      this.reached(event.seq)
      return { touched, ...demand }
    })
  }

  reached(seq: number): void {
    if (seq <= this.seq) return
    this.seq = seq
    this.confirm(() => this.waiting.reached(seq))
  }

  forget(project: ID): E.Touched[] {
    return this.confirm(() => this.confirmedRows.dropProject(project))
  }

  clear(): void {
    this.together(() => {
      this.waiting.clear()
      this.confirm(() => this.confirmedRows.clear())
      this.texts.clear()
      this.seq = 0
      this.sync = { ...this.sync, waiting: 0, fleeting: 0, refused: [] }
      this.loaded = 'nothing'
      this.topics.emit(['sync', 'loaded'])
    })
  }

  enqueue(op: E.Op): void {
    if (this.waiting.has(op.id)) return
    this.together(() => {
      this.waiting.add(op)
      this.textual = true
    })
  }

  /** Shows a change that is made here, and has it sent. */
  submit(op: E.Op): void {
    this.enqueue(op)
    for (const tell of this.tellOps) tell(op)
  }

  settle(op: ID, rows: readonly E.Loaded[], seq?: number): E.Touched[] {
    return this.together(() => {
      for (const r of rows)
        if (r.kind === 'task' && r.row.description !== undefined) this.texts.changed(r.row.id, r.row.description)
      this.stale = this.textual = true
      this.outcomes.settle(op)
      if (seq !== undefined && seq > this.seq && this.waiting.has(op)) {
        this.waiting.answer(op, rows, seq)
        return rows.filter((r) => r.row.version > this.confirmedRows.versionOf(r.kind, r.row.id)).map(touchedBy)
      }
      this.waiting.drop(op)
      return this.confirm(() => rows.forEach((r) => this.confirmedRows.loadAnswered(r)))
    })
  }

  refuse(op: ID, problem?: E.Refused['problem']): void {
    this.together(() => {
      const refused = this.waiting.unanswered().find((o) => o.id === op)
      this.waiting.drop(op)
      this.stale = this.textual = true
      this.outcomes.settle(op, problem)
      if (refused && problem) this.tellSync({ refused: [...this.sync.refused, { op: refused, problem }] })
    })
  }

  onOp(tell: (op: E.Op) => void): () => void {
    this.tellOps.add(tell)
    return () => this.tellOps.delete(tell)
  }

  onDismiss(tell: (op: ID) => void): () => void {
    this.tellDismissed.add(tell)
    return () => this.tellDismissed.delete(tell)
  }

  /** Kept as soon as the server has confirmed a change, broken when it refuses it. */
  saved(op: ID): Promise<void> {
    return this.outcomes.of(op)
  }

  dismiss(op: ID): void {
    this.tellSync({ refused: this.sync.refused.filter((r) => r.op.id !== op) })
    for (const tell of this.tellDismissed) tell(op)
  }

  confirmed<K extends Kind>(kind: K, id: ID): Entities[K] | undefined {
    return this.confirmedRows.get(kind, id)
  }

  pending(): readonly E.Op[] {
    return this.waiting.unanswered()
  }

  tellSync(state: Partial<E.SyncState>): void {
    this.sync = { ...this.sync, ...state }
    this.topics.emit(['sync'])
  }

  tellLoaded(state: E.LoadState): void {
    if (state === this.loaded) return
    this.loaded = state
    if (state === 'all') performance.mark('rung.loaded') // for who measures
    this.topics.emit(['loaded'])
  }

  /** Has what depends on the day answered anew when it is another. To be called now and then. */
  tick(): void {
    if (this.queries.isNewDay()) this.topics.emit(['day', ...this.queries.answer()])
  }

  together<T>(run: () => T): T {
    this.depth++
    try {
      return run()
    } finally {
      if (--this.depth === 0) this.finish()
    }
  }

  /** Changes what is confirmed, and gives what that touched. */
  private confirm(run: () => unknown): E.Touched[] {
    return this.together(() => {
      run()
      this.stale = true
      const touched = this.confirmedRows.taken()
      for (const t of touched) {
        if (t.kind !== 'task') continue
        if (!t.row) this.texts.forget(t.id)
        else if (t.description !== undefined) this.texts.changed(t.id, t.description)
        this.textual ||= t.description !== undefined
      }
      return touched
    })
  }

  private finish(): void {
    if (this.stale) this.waiting.replay()
    this.stale = false
    this.topics.emit(this.told(this.data.taken()))
  }

  /** The topics of what changed. */
  private told(changes: Changes): Set<string> {
    const topics = new Set<string>()
    if (this.textual) topics.add('descriptions')
    this.textual = false
    for (const [kind, rows] of changes) {
      for (const [id, before] of rows) {
        const after = this.data.get(kind, id)
        if (before === after) rows.delete(id)
        else for (const t of this.reads.topicsOf(kind, id, before, after)) topics.add(t)
      }
    }
    this.topics.soil(topics)
    const projects = changes.get('project')
    if (projects?.size || changes.get('label')?.size) for (const name of this.queries.answer()) topics.add(name)
    else for (const name of this.queries.change((changes.get('task') ?? new Map()) as never)) topics.add(name)
    return topics
  }
}

function touchedBy({ kind, row }: E.Loaded): E.Touched {
  if (kind !== 'task') return { kind, id: row.id, row }
  const { description, ...task } = row
  return { kind, id: row.id, row: task, ...(description === undefined ? {} : { description }) }
}
