import type { Action, Asked } from '../action'
import type { Engine, Loaded, SyncState } from '../engine'
import type { ID } from '../types'
import type { Wanted } from './arrive'
import type { Disk } from './disk'
import type { Leading } from './leading'
import { rest } from './bring'
import { type Browser, lead, type Turn } from './lead'
import { type Server, seqOf } from './net'
import { Queue } from './queue'
import { Rows } from './rows'
import { queueOnly } from './splitDisk'
import { type Tabs, tabsOf, type Word } from './tabs'

export interface Parts {
  engine: Engine
  disk: Disk
  server: Server
  /** Under which the tabs of this user and workspace know each other. */
  name: string
  wanted: Wanted
  me: ID
  browser: Browser
  requestOf: (action: Action) => Asked
  /** The workspace is not there for her any more; what was kept of it is to be deleted. */
  gone: () => void
}

const patience = 3000 // for the leader to say that it is there

/**
 * Keeps an engine, the disk and the server the same, together with the other tabs. Of all tabs the leader alone follows
 * the history, writes rows to the disk and sends changes; the others hear of it from her.
 */
export class Sync {
  disk: Disk
  readonly rows: Rows
  readonly queue: Queue
  private tabs: Tabs
  private leading: Leading | undefined
  private turn: Turn
  private heard = false
  private ends: (() => void)[] = []
  private closed = new AbortController()
  /** Resolves once everything that the disk has is in the engine. */
  readonly arrived: Promise<void>

  constructor(readonly parts: Parts) {
    this.disk = parts.disk
    const { engine, server, name, browser } = parts
    const disk = () => this.disk
    this.tabs = tabsOf(name, (word) => void this.hear(word))
    this.queue = new Queue(
      engine,
      disk,
      (word) => this.tell(word),
      () => this.leading?.sender.more(),
    )
    this.rows = new Rows(engine, server, disk, () => this.keepInMemory(), this.closed.signal)
    engine.setDescriptions({
      get: (task) => this.rows.text(task).catch(() => undefined),
      each: (visit) => this.disk.eachText(visit).catch(() => undefined),
    })
    engine.tellSync({ state: 'connecting' })
    this.arrived = this.rows.arrive(parts.wanted, () => this.queue.arrive())
    void rest() // meanwhile
    this.turn = lead(name, (signal) => this.lead(signal), browser)
    this.ends.push(
      engine.onOp((op) => void this.queue.made(op)),
      engine.onDismiss((op) => void this.queue.seen([op])),
      this.turn.end,
      this.watch(),
      () => this.tabs.close(),
      () => this.disk.close(),
    )
    this.tabs.tell({ say: 'hello' })
  }

  /** Ends it all, at once. Nothing is lost by it. */
  close(): void {
    this.closed.abort()
    for (const end of this.ends.splice(0)) end()
  }

  /** Whether something that was written here would be lost with this tab. */
  get atRisk(): boolean {
    return this.queue.atRisk
  }

  /** Takes a change back before it is sent; false if it is too late, and its inverse has to be sent. */
  async cancel(op: ID): Promise<boolean> {
    if (!this.leading || !(await this.leading.sender.cancel(op))) return false
    this.queue.canceled([op])
    this.tell({ say: 'canceled', ops: [op] })
    return true
  }

  private async lead(signal: AbortSignal): Promise<void> {
    await this.arrived
    if (signal.aborted || this.closed.signal.aborted) return
    const onDisk = await this.disk.cursor()
    if (onDisk !== undefined && onDisk !== this.rows.at) await this.rows.refill()
    const { Leading } = await rest()
    if (signal.aborted || this.closed.signal.aborted) return
    this.leading = new Leading(this)
    try {
      await this.leading.run(signal)
    } finally {
      this.leading = undefined
    }
  }

  /** Whoever looks at a tab whose leader was frozen by the browser has this tab lead instead. */
  private watch(): () => void {
    const look = () => {
      if (document.visibilityState !== 'visible' || this.leading) return
      this.heard = false
      this.tell({ say: 'hello' })
      setTimeout(() => {
        if (!this.heard && !this.leading && !this.closed.signal.aborted) this.turn.take()
      }, patience)
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }

  /** Takes up confirmed rows of which no event tells, here, on the disk and in the other tabs. */
  async takeRows(rows: Loaded[]): Promise<void> {
    if (rows.length === 0) return
    await this.disk.write({ touched: this.parts.engine.load(rows), seq: seqOf(this.rows.at) })
    this.tell({ say: 'rows', rows })
  }

  /** Keeps rows in memory from now on: the disk does not take them. What waits to be sent stays there. */
  keepInMemory(): void {
    if (this.disk.lasting) this.disk = queueOnly(this.disk)
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
    this.disappear()
  }

  private disappear() {
    this.close()
    this.parts.engine.clear()
    this.parts.gone()
  }

  private async hear(word: Word): Promise<void> {
    const { engine } = this.parts
    switch (word.say) {
      case 'events':
        return this.rows.take(word)
      case 'rows':
        return void engine.load(word.rows)
      case 'anew':
        return this.arrived.then(() => this.rows.refill())
      case 'op':
        this.queue.show(word.op)
        return this.leading?.sender.more()
      case 'settled':
        return this.queue.settled(word)
      case 'refused':
        return this.queue.refused(word.refused)
      case 'canceled':
        return this.queue.canceled(word.ops)
      case 'seen':
        return this.queue.showRefused()
      case 'state':
        this.heard = true
        return engine.tellSync({ state: word.state })
      case 'hello':
        return this.leading?.greet()
      case 'gone':
        return this.disappear()
    }
  }
}
