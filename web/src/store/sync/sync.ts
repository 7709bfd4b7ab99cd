import type { Action, Asked } from '../action'
import type { Engine, Op, SyncState } from '../engine'
import type { HistoryEvent, ID } from '../types'
import { arrive, type Wanted } from './arrive'
import type { Disk } from './disk'
import { readEarly } from './early'
import { Leading } from './leading'
import { type Browser, lead } from './lead'
import { Server, seqOf } from './net'
import { readSnapshot } from './snapshot'
import { type Tabs, tabsOf, type Word } from './tabs'
import { resolved } from './together'

export interface Parts {
  engine: Engine
  disk: Disk
  server: Server
  /** Under which the tabs of this user and workspace know each other. */
  name: string
  wanted: Wanted
  browser: Browser
  requestOf: (action: Action) => Asked
  /** The workspace is not there for her any more; what was kept of it is to be deleted. */
  gone: () => void
}

type Events = Extract<Word, { say: 'events' }>

/**
 * Keeps an engine, the disk and the server the same, together with the other tabs. Of all tabs the leader alone follows
 * the history, writes rows to the disk and sends changes; the others hear of it from her.
 */
export class Sync {
  /** The point of the history that the engine's rows are of; undefined before there are any. */
  at: string | undefined
  disk: Disk
  private tabs: Tabs
  private known = new Set<ID>()
  private storing = 0
  private early = new AbortController()
  private held: Events[] | undefined = [] // while rows are loaded
  private removed = new Set<string>() // meanwhile
  private leading: Leading | undefined
  private ends: (() => void)[] = []
  private closed = new AbortController()
  /** Resolves once everything that the disk has is in the engine. */
  readonly arrived: Promise<void>

  constructor(readonly parts: Parts) {
    this.disk = parts.disk
    const { engine, name, browser } = parts
    this.tabs = tabsOf(name, (word) => void this.hear(word))
    engine.setDescriptions({ get: (task) => this.disk.text(task), each: (visit) => this.disk.eachText(visit) })
    engine.tellSync({ state: 'connecting' })
    this.arrived = this.arrive()
    this.ends.push(
      engine.onOp((op) => void this.made(op)),
      engine.onDismiss((op) => void this.seen([op])),
      lead(name, (signal) => this.lead(signal), browser),
      () => this.tabs.close(),
      () => this.disk.close(),
    )
    this.tabs.tell({ say: 'hello' })
  }

  /** Ends it all, at once. Nothing is lost by it. */
  close(): void {
    this.closed.abort()
    this.early.abort()
    for (const end of this.ends.splice(0)) end()
  }

  /** Whether something that was written here would be lost with this tab. */
  get atRisk(): boolean {
    return this.storing > 0 || (!this.disk.lasting && this.parts.engine.pending().length > 0)
  }

  private async arrive(): Promise<void> {
    const { engine, wanted } = this.parts
    let cursor: string | undefined
    try {
      cursor = await arrive(engine, this.disk, wanted, this.removed, async (at) => {
        this.at = at
        await this.takeQueue()
        engine.tellLoaded('some')
        this.pump()
      })
    } catch {
      this.at = undefined // what is damaged is read anew
    }
    if (this.closed.signal.aborted) return
    if (cursor !== undefined) engine.tellLoaded('all')
    else {
      await this.takeQueue()
      void this.readEarly(wanted)
    }
    this.removed.clear()
  }

  /** Takes up what waits and what was refused, as the disk has it. */
  private async takeQueue() {
    const { engine } = this.parts
    const [waiting, refused] = await Promise.all([this.disk.waiting(), this.disk.refused()])
    for (const { op } of waiting) this.show(op)
    if (refused.length > 0) engine.tellSync({ refused })
  }

  async readEarly(wanted: Wanted): Promise<void> {
    const { engine, server } = this.parts
    try {
      await readEarly(server, wanted, this.early.signal, (rows) => {
        engine.load(rows)
        engine.tellLoaded('some')
      })
    } catch {
      // The snapshot brings it all the same.
    }
  }

  private async lead(signal: AbortSignal): Promise<void> {
    await this.arrived
    if (signal.aborted || this.closed.signal.aborted) return
    const on = (await this.disk.cursor()) ?? this.at
    if (this.at !== undefined && on !== this.at) await this.refill()
    this.leading = new Leading(this)
    try {
      await this.leading.run(signal)
    } finally {
      this.leading = undefined
    }
  }

  /** Has the screen say how many changes wait. */
  count(): void {
    const { engine } = this.parts
    engine.tellSync({ waiting: engine.pending().length })
  }

  /** A change was made in this tab. It is safe once it is on the disk. */
  private async made(op: Op): Promise<void> {
    this.known.add(op.id)
    this.count()
    this.storing++
    try {
      await this.disk.add(op)
    } finally {
      this.storing--
    }
    this.tell({ say: 'op', op })
    this.leading?.sender.more()
  }

  private show(op: Op) {
    if (this.known.has(op.id)) return
    this.known.add(op.id)
    this.parts.engine.enqueue(op)
    this.count()
  }

  /** Takes a change back before it is sent; false if it is too late, and its inverse has to be sent. */
  async cancel(op: ID): Promise<boolean> {
    if (!this.leading || !(await this.leading.sender.cancel(op))) return false
    this.parts.engine.refuse(op)
    this.count()
    this.tell({ say: 'canceled', ops: [op] })
    return true
  }

  /** Sends a refused change again. */
  async retry(op: ID): Promise<void> {
    await this.again(op, (o) => o.action)
  }

  /**
   * Settles a conflict: theirs are kept, or what is given for the fields in conflict; without it what she wrote. It is
   * based on what she has now seen.
   */
  async resolve(op: ID, keep: Record<string, unknown> | 'theirs'): Promise<void> {
    await this.again(op, (o, conflicts) => {
      const kind = o.action.kind.startsWith('comment') ? 'comment' : (o.action.kind.split('.')[0] as 'task')
      const row = 'id' in o.action ? this.parts.engine.confirmed(kind, o.action.id) : undefined
      return resolved(o, conflicts, keep, row?.version)
    })
  }

  private async again(id: ID, next: (op: Op, conflicts: readonly { field: string }[]) => Action | null) {
    const found = (await this.disk.refused()).find((r) => r.op.id === id)
    if (!found) return
    const action = next(found.op, found.problem.conflicts)
    if (action) {
      const op = { ...found.op, action, at: Date.now() }
      this.parts.engine.enqueue(op)
      await this.made(op)
    }
    await this.seen([id])
    this.parts.engine.tellSync({ refused: await this.disk.refused() })
  }

  private async seen(ops: ID[]) {
    await this.disk.write({ seen: ops })
    this.tell({ say: 'seen', ops })
  }

  tell(word: Word): void {
    if (!this.closed.signal.aborted) this.tabs.tell(word)
  }

  tellState(state: SyncState['state']): void {
    this.parts.engine.tellSync({ state })
    this.tell({ say: 'state', state })
  }

  /** The workspace is not there for her any more. */
  vanish(): void {
    this.tell({ say: 'gone' })
    this.close()
    this.parts.engine.clear()
    this.parts.gone()
  }

  /** A snapshot has begun to come, or is there: what is read early would only be in its way. */
  endEarly(): void {
    this.early.abort()
    this.early = new AbortController()
  }

  private async hear(word: Word): Promise<void> {
    const { engine } = this.parts
    switch (word.say) {
      case 'events':
        this.held?.push(word)
        if (!this.held) this.takeEvents(word)
        break
      case 'op':
        this.show(word.op)
        this.leading?.sender.more()
        break
      case 'settled':
        this.known.add(word.op)
        engine.settle(word.op, word.rows, word.seq)
        this.count()
        break
      case 'refused':
        for (const { op, problem } of word.refused) engine.refuse(op.id, problem)
        this.count()
        break
      case 'canceled':
        for (const op of word.ops) engine.refuse(op)
        this.count()
        break
      case 'seen':
        engine.tellSync({ refused: await this.disk.refused() })
        break
      case 'state':
        engine.tellSync({ state: word.state })
        break
      case 'anew':
        this.endEarly()
        await this.refill()
        break
      case 'hello':
        this.leading?.greet()
        break
      case 'gone':
        this.close()
        engine.clear()
        this.parts.gone()
    }
  }

  private pump() {
    const held = this.held ?? []
    this.held = undefined
    for (const word of held) this.takeEvents(word)
  }

  private takeEvents(word: Events) {
    if (this.at === undefined || this.held) return
    const here = seqOf(this.at)!
    if (epochOf(word.from) !== epochOf(this.at) || seqOf(word.from)! > here) void this.refill()
    else if (seqOf(word.to)! > here) this.apply(word.events.filter((e) => e.seq > here), word.to)
  }

  /** Applies events that follow on what is there. What the disk is to be told of comes back. */
  apply(events: readonly HistoryEvent[], to: string) {
    const { engine } = this.parts
    const applied = events.map((e) => engine.applyEvent(e))
    const touched = applied.flatMap((a) => a.touched)
    for (const { kind, id, row } of touched) if (row === null) this.removed.add(kind + id)
    engine.reached(seqOf(to)!)
    this.at = to
    return { touched, reload: applied.map((a) => a.reload).filter((r) => r !== undefined) }
  }

  /** Loads all rows anew, from the disk or, if it is behind, from the server, and keeps what is shown until then. */
  async refill(): Promise<void> {
    if (this.held) return
    this.held = []
    const { engine, server } = this.parts
    engine.beginSnapshot()
    try {
      const behind = seqOf(await this.disk.cursor()) ?? -1
      const fromDisk = !this.at || behind >= seqOf(this.at)!
      const cursor = fromDisk
        ? await arrive(engine, this.disk, 'mine', new Set(), () => undefined)
        : await readSnapshot(server, this.closed.signal, (rows) => void engine.load(rows))
      if (cursor === undefined) throw new Error('there is nothing on the disk')
      engine.endSnapshot(seqOf(cursor)!)
      this.at = cursor
      engine.tellLoaded('all')
    } catch {
      engine.abandonSnapshot() // the next event shows the gap again
    }
    this.pump()
  }
}

const epochOf = (cursor: string) => cursor.slice(0, cursor.lastIndexOf('-'))
