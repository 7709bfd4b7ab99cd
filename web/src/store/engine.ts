import type { Problem } from '../api/problem'
import type { Action } from './action'
import type { Entities, HistoryEvent, ID, Kind } from './types'

/** A row as the snapshot, an answer or the disk has it. A task may carry its description, which is not kept. */
export type Loaded = { [K in Kind]: { kind: K; row: Entities[K] & { description?: string } } }[Kind]

/** A confirmed row that is other than before, to be written to the disk; null is to be removed. */
export interface Touched {
  kind: Kind
  id: ID
  row: Entities[Kind] | null
  /** A task's, where it is new; absent where it stays as it is. */
  description?: string
}

/** What came of an event: the rows that it touched, and what has to be read anew because no event tells it. */
export interface Applied {
  touched: Touched[]
  /** A project whose rows have to be read anew, or all of them. */
  reload?: ID | 'all'
  /** Tasks whose comments, attachments and relations have to be read anew: they were in the trash, or out of sight. */
  tasks?: ID[]
}

/** A change that was made here: shown at once, sent in the order of making, confirmed or refused by the server. */
export interface Op {
  id: ID
  /** Unix milliseconds. */
  at: number
  action: Action
  /** What takes it back, null if nothing can. */
  inverse: Action | null
}

/** A change that the server did not take. It is kept until somebody has seen to it. */
export interface Refused {
  op: Op
  problem: Pick<Problem, 'status' | 'code' | 'detail' | 'errors' | 'conflicts'>
}

export interface SyncState {
  state: 'live' | 'connecting' | 'offline'
  /** Changes that the server has not confirmed yet. */
  waiting: number
  /** How many of them this browser keeps only as long as the tab is open. */
  fleeting: number
  refused: readonly Refused[]
}

export type LoadState = 'nothing' | 'some' | 'all'

/** Where the descriptions are: not in memory. */
export interface Descriptions {
  get(task: ID): Promise<string | undefined>
  /** Visits all of them, in no order, for a search by words. */
  each(visit: (task: ID, description: string) => void): Promise<void>
}

/** As whom, where and in which time zone everything is read. */
export interface Context {
  user: { id: ID; name: string }
  workspace: { id: ID; slug: string; name: string }
  zone: string
}

/**
 * The memory of the local store, without network and disk: confirmed rows, the changes that wait on top of them, and the
 * queries that are looked at. Every method is synchronous, and what is looked at is told once at its end.
 */
export interface Engine {
  setContext(context: Context): void
  setDescriptions(from: Descriptions): void

  /** Takes confirmed rows; of one that is there already the newer version stays. Gives those that were taken. */
  load(rows: readonly Loaded[]): Touched[]
  /** From here to endSnapshot, what load names is kept, whatever its version. */
  beginSnapshot(): void
  /** Drops what the snapshot did not name. seq is the point in history that it was taken at. */
  endSnapshot(seq: number): Touched[]
  /** As if the snapshot that broke off had not been begun; what it brought stays. */
  abandonSnapshot(): void

  /** Follows the history. An event that is no newer than the row it tells of changes nothing. */
  applyEvent(event: HistoryEvent): Applied
  /** All events up to this one have been applied, or were not for this reader. */
  reached(seq: number): void
  /** Drops a project and all that is in it: it may not be seen any more, or is read anew. */
  forget(project: ID): Touched[]
  /** Runs what calls several methods; what is looked at is told once behind it. */
  together<T>(run: () => T): T
  /** Drops everything, the waiting changes too. */
  clear(): void

  /** Shows a change at once: one from the disk, or of another tab. It is not told to onOp. */
  enqueue(op: Op): void
  /**
   * The server has confirmed a change. rows are what it answered, none after a deletion; seq is the answer's Rung-Seq,
   * until which what else the change led to is still shown as expected.
   */
  settle(op: ID, rows: readonly Loaded[], seq?: number): Touched[]
  /** The server has refused a change, which is no longer shown. Without a problem it is just taken back. */
  refuse(op: ID, problem?: Refused['problem']): void
  /** Changes that are made here come out here, in their order. Gives what ends that. */
  onOp(tell: (op: Op) => void): () => void
  /** Somebody has seen to a change that was refused: it is not kept any more. */
  onDismiss(tell: (op: ID) => void): () => void
  /** The row as the server last confirmed it. */
  confirmed<K extends Kind>(kind: K, id: ID): Entities[K] | undefined
  /** Changes that wait, in their order. */
  pending(): readonly Op[]

  tellSync(state: Partial<SyncState>): void
  tellLoaded(state: LoadState): void
}
