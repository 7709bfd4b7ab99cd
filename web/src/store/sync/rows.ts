import type { Engine, Touched } from '../engine'
import type { HistoryEvent, ID } from '../types'
import { arrive, type Wanted } from './arrive'
import type { Disk } from './disk'
import { readEarly } from './early'
import { rest } from './bring'
import { type Server, seqOf } from './net'

/** Events that lead from one point of the history to another. */
export interface Stretch {
  from: string
  to: string
  events: HistoryEvent[]
}

/** The rows of a tab: brings them from the disk and the network into the engine, and keeps them at one point of the history. */
export class Rows {
  /** The point of the history that the engine's rows are of; undefined before all of them are there. */
  at: string | undefined
  private held: Stretch[] | undefined = [] // what comes while rows are loaded
  private removed = new Set<string>() // meanwhile
  private early = new AbortController()
  private loading: Promise<void> = Promise.resolve()
  private again = false
  private standing: (() => void)[] = []

  constructor(
    private engine: Engine,
    private server: Server,
    private disk: () => Disk,
    /** The disk is of no use for rows. */
    private keepInMemory: () => void,
    private closed: AbortSignal,
  ) {
    closed.addEventListener('abort', () => this.early.abort())
  }

  /** Loads what the disk has, what is looked at first. queue brings the changes that wait on top, as soon as they fit. */
  async arrive(wanted: Wanted, queue: () => Promise<void>): Promise<void> {
    let cursor: string | undefined
    try {
      cursor = await arrive(this.engine, this.disk(), wanted, this.removed, async (at) => {
        this.at = at
        await queue()
        this.engine.tellLoaded('some')
        this.pump()
      })
    } catch {
      this.at = undefined // what is damaged is read anew
      this.held = []
    }
    this.removed.clear()
    if (this.closed.aborted) return
    if (cursor !== undefined) return this.stand()
    await queue()
    void this.readEarly(wanted)
  }

  /** Reads what is looked at from the server, ahead of the rest. */
  async readEarly(wanted: Wanted): Promise<void> {
    const { signal } = this.early
    try {
      await readEarly(this.server, wanted, signal, (rows) => {
        this.engine.load(rows)
        this.engine.tellLoaded('some')
      })
    } catch {
      // The snapshot brings it all the same.
    }
  }

  /** All rows are there, as of this point of the history. */
  standAt(cursor: string): void {
    this.at = cursor
    this.pump()
    this.stand()
  }

  private stand() {
    this.early.abort()
    this.early = new AbortController()
    this.engine.tellLoaded('all')
    for (const tell of this.standing.splice(0)) tell()
  }

  /** A task's description. The server is asked while the disk is behind what is shown. */
  async text(task: ID): Promise<string | undefined> {
    const shown = this.engine.confirmed('task', task)?.version ?? 0
    const onDisk = seqOf(await this.disk().cursor()) ?? -1
    if (shown <= onDisk) return this.disk().text(task)
    try {
      return (await this.server.get<{ description: string }>(`/tasks/${task}`)).description
    } catch {
      if (this.at === undefined) await new Promise<void>((done) => this.standing.push(done))
      return this.disk().text(task)
    }
  }

  /** Takes events that another tab has read. */
  take(stretch: Stretch): void {
    if (this.held) {
      this.held.push(stretch)
      return
    }
    const here = seqOf(this.at)!
    if (epochOf(stretch.from) !== epochOf(this.at!) || seqOf(stretch.from)! > here) void this.refill()
    else if (seqOf(stretch.to)! > here)
      this.apply(
        stretch.events.filter((e) => e.seq > here),
        stretch.to,
      )
  }

  private pump() {
    const held = this.held ?? []
    this.held = undefined
    for (const stretch of held) this.take(stretch)
  }

  /** Applies events that follow on what is there. What the disk is to be told of comes back, and what is to be read anew. */
  apply(events: readonly HistoryEvent[], to: string): { touched: Touched[]; reload: (ID | 'all')[]; tasks: ID[] } {
    const { engine } = this
    const applied = engine.together(() => events.map((e) => engine.applyEvent(e)))
    const touched = applied.flatMap((a) => a.touched)
    for (const { kind, id, row } of touched) if (row === null) this.removed.add(kind + id)
    engine.reached(seqOf(to)!)
    this.at = to
    return { touched, reload: applied.flatMap((a) => a.reload ?? []), tasks: applied.flatMap((a) => a.tasks ?? []) }
  }

  /** Loads all rows anew, from the disk or, if that is behind, from the server, and keeps what is shown until then. */
  refill(): Promise<void> {
    if (!this.again) {
      this.again = true
      this.loading = this.loading.then(() => {
        this.again = false
        return this.closed.aborted ? undefined : this.refillNow()
      })
    }
    return this.loading
  }

  private async refillNow(): Promise<void> {
    this.held ??= []
    try {
      this.standAt((await this.fromDisk()) ?? (await this.fromServer()))
    } catch {
      if (this.at !== undefined) this.held = undefined // the next event shows the gap again
    }
  }

  /** Nothing if the disk is behind, or has nothing. */
  private async fromDisk(): Promise<string | undefined> {
    const { engine } = this
    const onDisk = seqOf(await this.disk().cursor())
    if (onDisk === undefined || onDisk < (seqOf(this.at) ?? 0)) return undefined
    engine.beginSnapshot()
    try {
      const cursor = await arrive(engine, this.disk(), 'mine', new Set(), () => undefined)
      engine.endSnapshot(seqOf(cursor)!)
      return cursor
    } catch {
      engine.abandonSnapshot()
      return undefined
    }
  }

  private async fromServer(): Promise<string> {
    this.keepInMemory()
    const { fillFrom } = await rest()
    return fillFrom(this.server, this.engine, this.disk(), this.closed)
  }
}

const epochOf = (cursor: string) => cursor.slice(0, cursor.lastIndexOf('-'))
