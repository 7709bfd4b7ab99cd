import { Problem, SignedOut } from '../../api/problem'
import type { Action, Asked } from '../action'
import type { Engine, Loaded, Op, Refused } from '../engine'
import type { ID } from '../types'
import { rowsOf } from './answers'
import type { Disk, Waiting, Write } from './disk'
import { passes, type Server } from './net'
import { pauseOf, waited } from './pauses'
import { alreadySo, dependants, OwnVersions, together } from './together'

const patience = 8 // how often something goes wrong on the server's side before the change makes room for the next

/** What the sender tells: the tabs show it. */
export interface Sent {
  settled(op: ID, rows: Loaded[], seq?: number): void
  /** dropped went into one of the refused: they were sent together. */
  refused(refused: Refused[], dropped: ID[]): void
  /** The server can be reached, or not. */
  reached(yes: boolean): void
  /** A 404 may mean that the whole workspace is gone; true if so. */
  gone(): Promise<boolean>
}

/** Sends what waits on the disk, in its order, one at a time, each until it is known what became of it. */
export class Sender {
  private wake = () => {}
  private goOn = () => {}
  private inFlight = new Set<number>()
  private own = new OwnVersions()
  private finished = new Set<number>() // a disk that is full can't forget them

  constructor(
    private engine: Pick<Engine, 'settle' | 'refuse'>,
    private server: Server,
    private disk: () => Disk,
    private requestOf: (action: Action) => Asked,
    private sent: Sent,
  ) {}

  /** Something has been added to what waits. */
  more(): void {
    this.wake()
  }

  /** The server can be reached again: there is no use in waiting, unless it asked for that. */
  hurry(): void {
    this.goOn()
  }

  /** Runs until the signal aborts, or nobody is signed in. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.wake(), { once: true })
    for (let tries = 0; !signal.aborted;) {
      const woken = new Promise<void>((done) => (this.wake = done))
      const waiting = (await this.disk().waiting()).filter((w) => !this.finished.has(w.n))
      if (waiting.length === 0) {
        await woken
        continue
      }
      const outcome = await this.next(waiting, tries, signal)
      if (outcome === 'over') return
      if (outcome === 'done') tries = 0
      else await this.pause(tries++, outcome, signal)
    }
  }

  private async pause(tries: number, asked: number, signal: AbortSignal) {
    const hurried = new Promise<void>((done) => (this.goOn = asked === 0 ? done : () => undefined))
    await Promise.race([waited(pauseOf(tries, asked), signal, asked === 0), hurried])
  }

  /** Gives how many seconds the server asked for if it is to be tried again. */
  private async next(waiting: Waiting[], tries: number, signal: AbortSignal): Promise<'done' | 'over' | number> {
    const { action: wanted, parts } = together(waiting)
    const action = this.own.based(wanted)
    const rest = waiting.slice(parts.length)
    this.inFlight = new Set(parts.map((p) => p.n))
    try {
      const { body, seq } = await this.server.ask(this.requestOf(action))
      this.sent.reached(true)
      await this.settle(action, parts, body, seq)
    } catch (e) {
      if (signal.aborted || e instanceof SignedOut) return 'over'
      const problem = e instanceof Problem ? e : undefined
      this.sent.reached(problem !== undefined)
      const tired = problem?.status === 500 && tries >= patience
      if (!problem || (passes(e) && !tired)) return problem?.retryAfter ?? 0
      if (problem.status === 401) return 0
      if (problem.status === 404 && (await this.sent.gone())) return 'over'
      if (alreadySo(action, problem)) await this.settle(action, parts, null)
      else await this.refuse(action, parts, rest, problem)
    } finally {
      this.inFlight.clear()
    }
    return 'done'
  }

  /** Takes a change back that has not been sent; false if it is too late for that. */
  async cancel(op: ID): Promise<boolean> {
    const waiting = await this.disk().waiting()
    const found = waiting.find((w) => w.op.id === op)
    if (
      !found ||
      this.inFlight.has(found.n) ||
      dependants(
        [found],
        waiting.filter((w) => w !== found),
      ).length > 0
    )
      return false
    await this.disk().write({ done: [found.n] })
    return !this.inFlight.has(found.n)
  }

  private async settle(action: Action, parts: Waiting[], body: unknown, seq?: number) {
    const rows = rowsOf(action, body)
    const touched = parts.flatMap(({ op }) => this.engine.settle(op.id, rows, seq))
    if (rows[0]) this.own.note(action, rows[0].row.version)
    const rest = (await this.disk().waiting()).filter((w) => !parts.some((p) => p.n === w.n))
    const changed = this.own.rebased(rest)
    await this.end(parts, { touched, seq, changed })
    for (const { op } of parts) this.sent.settled(op.id, rows, seq)
  }

  private async refuse(action: Action, parts: Waiting[], rest: Waiting[], p: Problem) {
    const { status, code, detail, errors, conflicts } = p
    const whole: Op = { ...parts.at(-1)!.op, action, inverse: parts[0]!.op.inverse }
    const refused: Refused[] = [{ op: whole, problem: { status, code, detail, errors, conflicts } }]
    const along = dependants(parts, rest)
    for (const { op } of along)
      refused.push({ op, problem: { status: 424, code: 'depends-on-refused', detail, errors: [], conflicts: [] } })
    await this.end([...parts, ...along], { refused })
    const dropped = parts.slice(0, -1).map(({ op }) => op.id)
    for (const id of dropped) this.engine.refuse(id)
    for (const { op, problem } of refused) this.engine.refuse(op.id, problem)
    this.sent.refused(refused, dropped)
  }

  private async end(these: Waiting[], what: Write) {
    const done = these.map((w) => w.n)
    await this.disk().write({ ...what, done })
    for (const n of done) this.finished.add(n)
  }
}
