import type { HistoryEvent, ID } from '../types'
import type { Loaded, Op, Refused, SyncState } from '../engine'

/** What the tabs of a workspace tell each other. Only the leader tells of rows. */
export type Word =
  | { say: 'events'; from: string; to: string; events: HistoryEvent[] }
  /** Rows that no event told of. */
  | { say: 'rows'; rows: Loaded[] }
  /** The rows on the disk are other ones: a snapshot, or a project less. */
  | { say: 'anew' }
  /** A change was made, and is on the disk. */
  | { say: 'op'; op: Op }
  | { say: 'settled'; op: ID; rows: Loaded[]; seq?: number }
  | { say: 'refused'; refused: Refused[] }
  /** Changes were taken back before they were sent. */
  | { say: 'canceled'; ops: ID[] }
  | { say: 'seen'; ops: ID[] }
  | { say: 'state'; state: SyncState['state'] }
  /** A tab has come and asks how things stand. */
  | { say: 'hello' }
  /** The workspace is not there for her any more. */
  | { say: 'gone' }

export interface Tabs {
  tell(word: Word): void
  close(): void
}

export function tabsOf(name: string, hear: (word: Word) => void): Tabs {
  const channel = new BroadcastChannel(name)
  channel.onmessage = (e: MessageEvent<Word>) => hear(e.data)
  return { tell: (word) => channel.postMessage(word), close: () => channel.close() }
}
