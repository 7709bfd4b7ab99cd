import type { Loaded } from '../engine'
import type { Entities, ID, Kind } from '../types'

/** Rows by their kind, as a chunk on the disk has them: one JSON text is read many times faster than a record a row. */
export type Packed = { [K in Kind]?: Entities[K][] }

/** Which part of a chunk's key a kind belongs to: what is needed first comes first. */
export const part = { base: 0, tasks: 1, talk: 2, texts: 3 } as const
export type Part = (typeof part)[keyof typeof part]

const parts: Record<Kind, Part> = {
  project: part.base,
  label: part.base,
  member: part.base,
  view: part.base,
  grant: part.base,
  task: part.tasks,
  comment: part.talk,
  attachment: part.talk,
  relation: part.talk,
}
export const partOf = (kind: Kind): Part => parts[kind]

/** How many rows a chunk has at most. */
export const chunkSize = 500

export function pack(rows: readonly Loaded[]): string {
  const packed: Partial<Record<Kind, unknown[]>> = {}
  for (const { kind, row } of rows) (packed[kind] ??= []).push(row)
  return JSON.stringify(packed)
}

export function unpack(text: string): Loaded[] {
  const rows: Loaded[] = []
  for (const [kind, of] of Object.entries(JSON.parse(text) as Packed))
    for (const row of of) rows.push({ kind, row } as Loaded)
  return rows
}

/** A row without its description, and the description. */
export function bare(loaded: Loaded): { loaded: Loaded; text?: string } {
  if (loaded.kind !== 'task' || loaded.row.description === undefined) return { loaded }
  const { description: text, ...row } = loaded.row
  return { loaded: { kind: 'task', row }, text }
}

/** The project whose chunk a row belongs into; the empty one for what belongs to the workspace. */
export function homeOf(loaded: Loaded): ID {
  return loaded.kind === 'task' ? loaded.row.project : ''
}
