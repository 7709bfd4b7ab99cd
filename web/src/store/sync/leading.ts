import { Offline, Problem, SignedOut } from '../../api/problem'
import type { Loaded } from '../engine'
import type { ID } from '../types'
import { fillFrom } from './fillFrom'
import { follow } from './follow'
import { readGrants, readTaskParts } from './parts'
import { pauseOf, waited } from './pauses'
import { Sender } from './sender'
import type { Sync } from './sync'

const short = 5000 // a stream that lived for less did not go well
const settling = 3000 // how long a stream that is opened again is no matter

/** What the one leading tab does: takes snapshots, follows the history, writes rows to the disk, sends changes. */
export class Leading {
  readonly sender: Sender
  private state: 'live' | 'connecting' | 'offline' = 'connecting'
  private reload = false
  private streaming = false

  constructor(private sync: Sync) {
    const { engine, server, requestOf } = sync.parts
    this.sender = new Sender(engine, server, () => sync.disk, requestOf, {
      settled: (op, rows, seq) => {
        sync.queue.count()
        sync.tell({ say: 'settled', op, rows, seq })
      },
      refused: (refused, dropped) => {
        sync.queue.count()
        sync.tell({ say: 'refused', refused })
        if (dropped.length === 0) return
        sync.tell({ say: 'canceled', ops: dropped })
        void sync.queue.showRefused() // with the words of all that was sent together
      },
      reached: (yes) => {
        if (!yes) this.tell('offline')
        else if (this.streaming) this.tell('live')
      },
      gone: () => this.gone(),
    })
  }

  greet(): void {
    this.sync.tell({ say: 'state', state: this.state })
  }

  async run(signal: AbortSignal): Promise<void> {
    const stop = new AbortController()
    const end = () => stop.abort()
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
    try {
      await Promise.race([
        this.sender.run(stop.signal).then(() => this.ended(stop.signal)),
        this.follow(stop.signal).then(end),
      ])
    } finally {
      end()
      signal.removeEventListener('abort', end)
    }
  }

  /** The sender ends before the stream does only when nobody is signed in; then the stream notices too. */
  private ended(signal: AbortSignal): Promise<void> {
    return new Promise((done) => {
      if (signal.aborted) done()
      signal.addEventListener('abort', () => done(), { once: true })
    })
  }

  private async follow(signal: AbortSignal): Promise<void> {
    for (let tries = 0; !signal.aborted;) {
      const begun = Date.now()
      try {
        if (this.sync.rows.at === undefined || this.reload) await this.snapshot(signal)
        await this.listen(signal)
        tries = Date.now() - begun > short ? 0 : tries + 1
        if (tries > 1) await this.pause(tries, 0, signal)
      } catch (e) {
        if (signal.aborted || e instanceof SignedOut) return
        if (e instanceof Problem && e.status === 410) {
          if (e.code !== 'stream-behind') this.reload = true
          continue
        }
        if (e instanceof Problem && (e.status === 404 || e.status === 403) && (await this.gone())) return
        if (!(e instanceof Offline || e instanceof Problem)) this.reload = true // something that can't be read
        this.tell(e instanceof Offline ? 'offline' : 'connecting')
        if (Date.now() - begun > short) tries = 0
        await this.pause(tries++, e instanceof Problem ? (e.retryAfter ?? 0) : 0, signal)
      }
    }
  }

  private pause(tries: number, asked: number, signal: AbortSignal) {
    return waited(pauseOf(tries, asked), signal, asked === 0)
  }

  /** Follows the stream until it ends. Another one after it within a moment is no matter. */
  private async listen(signal: AbortSignal): Promise<void> {
    const { sync } = this
    const stop = new AbortController()
    const both = AbortSignal.any([signal, stop.signal])
    const off = () => this.tell('offline')
    const on = () => stop.abort() // what was open before is dead, though nobody says so
    globalThis.addEventListener?.('offline', off)
    globalThis.addEventListener?.('online', on)
    const slow = setTimeout(() => this.state === 'live' && this.tell('connecting'), settling)
    try {
      await follow(
        sync.parts.server,
        sync.rows.at!,
        both,
        () => {
          clearTimeout(slow)
          this.streaming = true
          this.tell('live')
          this.sender.hurry()
        },
        async ({ events, to }) => {
          const from = sync.rows.at!
          const { touched, reload, tasks } = sync.rows.apply(events, to)
          const lost = events.filter((e) => e.type === 'access.revoked' && e.entity === 'project')
          for (const e of lost) await sync.disk.forget(e.entity_id, sync.parts.engine.forget(e.entity_id))
          await sync.disk.write({ touched, cursor: to })
          sync.tell({ say: 'events', from, to, events })
          if (lost.length > 0) sync.tell({ say: 'anew' })
          await sync.disk.tidy()
          for (const task of tasks) void this.alsoRead((s) => readTaskParts(sync.parts.server, task, s), signal)
          if (reload.length === 0) return
          this.reload = true
          const project = reload.find((r) => r !== 'all')
          if (project) void sync.rows.readEarly({ project })
          stop.abort()
        },
      )
    } finally {
      this.streaming = false
      clearTimeout(slow)
      globalThis.removeEventListener?.('offline', off)
      globalThis.removeEventListener?.('online', on)
    }
  }

  /** Reads the whole workspace anew. */
  private async snapshot(signal: AbortSignal): Promise<void> {
    const { sync } = this
    const { engine, server, me } = sync.parts
    const projects = new Set<ID>()
    const seen = (rows: readonly Loaded[]) => {
      for (const { kind, row } of rows) if (kind === 'project') projects.add(row.id)
      if (sync.rows.at === undefined) engine.tellLoaded('some')
    }
    try {
      sync.rows.standAt(await fillFrom(server, engine, sync.disk, signal, seen))
    } catch (e) {
      const ofNet = e instanceof Offline || e instanceof Problem || e instanceof SignedOut || signal.aborted
      if (ofNet || !sync.disk.lasting) throw e
      sync.keepInMemory() // there is no room for the rows
      return this.snapshot(signal)
    }
    this.reload = false
    sync.tell({ say: 'anew' })
    void this.alsoRead((s) => readGrants(server, engine, me, [...projects], s), signal)
  }

  /** Reads what neither snapshot nor history tells. Without it there is less to see, and nothing wrong. */
  private async alsoRead(read: (signal: AbortSignal) => Promise<Loaded[]>, signal: AbortSignal) {
    try {
      const rows = await read(signal)
      if (!signal.aborted) await this.sync.takeRows(rows)
    } catch {
      // It is asked for again with the next snapshot.
    }
  }

  /** Whether the workspace is there no more for her; then it is wiped. */
  private async gone(): Promise<boolean> {
    try {
      await this.sync.parts.server.get('')
      return false
    } catch (e) {
      if (!(e instanceof Problem) || (e.status !== 404 && e.status !== 403)) return false
      this.sync.vanish()
      return true
    }
  }

  private tell(state: typeof this.state) {
    if (state === this.state) return
    this.state = state
    this.sync.tellState(state)
  }
}
