import type { Loaded, Op, Refused, Touched } from '../engine'
import type { ID } from '../types'
import type { Part } from './pack'

/** A change that waits, and its number: the order in which changes of all tabs are sent. */
export interface Waiting {
  n: number
  op: Op
}

/** What is written together or not at all. */
export interface Write {
  /** The point of the history up to which the rows on the disk are complete once this is written. */
  cursor?: string
  touched?: readonly Touched[]
  /** The point that touched is of; that of the cursor without it. */
  seq?: number
  /** Changes that do not wait any more. */
  done?: readonly number[]
  /** Changes that wait in another form than before. */
  changed?: readonly Waiting[]
  refused?: readonly Refused[]
  /** Refused changes that somebody has seen to. */
  seen?: readonly ID[]
}

/** A snapshot on its way to the disk: nothing of it is there before finish. */
export interface Filling {
  add(rows: readonly Loaded[]): Promise<void>
  finish(cursor: string): Promise<void>
}

/** What a browser keeps of a workspace for its user. Tabs share it; one of them, the leader, writes rows. */
export interface Disk {
  /** Whether what is written outlives the tab. */
  readonly lasting: boolean
  cursor(): Promise<string | undefined>
  /** Rows as they were packed, chunk by chunk: of one project, or of all but it; what is in recent goes before them. */
  chunks(part: Part, project?: ID, others?: boolean): AsyncGenerator<Loaded[]>
  /** Rows that changed since they were packed. */
  recent(): Promise<Touched[]>
  text(task: ID): Promise<string | undefined>
  eachText(visit: (task: ID, text: string) => void): Promise<void>
  write(change: Write): Promise<void>
  fill(): Promise<Filling>
  /** Deletes what is of a project, at once. */
  forget(project: ID, touched: readonly Touched[]): Promise<void>
  /** Packs what is recent once there is much of it. */
  tidy(always?: boolean): Promise<void>
  /** Takes a change that waits behind the others; false if it is kept in memory alone. */
  add(op: Op): Promise<boolean>
  waiting(): Promise<Waiting[]>
  refused(): Promise<Refused[]>
  close(): void
}
