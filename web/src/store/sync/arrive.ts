import type { Engine, Loaded } from '../engine'
import type { ID, Project } from '../types'
import type { Disk } from './disk'
import { part } from './pack'
import { slices } from './slices'

/** What one has come to look at, so that it is loaded first. */
export type Wanted = { project: string } | 'mine'

/**
 * Loads what the disk has into the engine: projects, people and what changed since, then the project that is looked at,
 * then the rest. Rows whose key (kind and id) is in gone have been removed meanwhile. shown is called when the wanted
 * project is there. Gives the point of the history that the rows are of, undefined if there is none.
 */
export async function arrive(
  engine: Engine,
  disk: Disk,
  wanted: Wanted,
  gone: ReadonlySet<string>,
  shown: (cursor: string) => Promise<void> | void,
): Promise<string | undefined> {
  const cursor = await disk.cursor()
  if (cursor === undefined) return undefined
  const breathe = slices()
  const removed = new Set<string>()
  const late: Loaded[] = []
  const [base, recent] = await Promise.all([all(disk.chunks(part.base)), disk.recent()])
  for (const { kind, id, row } of recent) {
    if (row === null) removed.add(kind + id)
    else late.push({ kind, row } as Loaded)
  }
  const there = ({ kind, row }: Loaded) => !removed.has(kind + row.id) && !gone.has(kind + row.id)
  const take = (rows: readonly Loaded[]) => engine.load(removed.size + gone.size > 0 ? rows.filter(there) : rows)

  take(base)
  take(late) // of a row that is there already the newer version stays, so these are not overwritten
  const first = wantedProject(wanted, [...base, ...late])
  if (first !== undefined) for await (const rows of disk.chunks(part.tasks, first)) await step(rows)
  await shown(cursor)
  for await (const rows of disk.chunks(part.tasks, first, true)) await step(rows)
  for await (const rows of disk.chunks(part.talk)) await step(rows)
  return cursor

  async function step(rows: readonly Loaded[]) {
    for (let i = 0; i < rows.length; i += 100) {
      take(rows.slice(i, i + 100))
      await breathe()
    }
  }
}

async function all(chunks: AsyncIterable<Loaded[]>): Promise<Loaded[]> {
  const rows: Loaded[] = []
  for await (const some of chunks) rows.push(...some)
  return rows
}

/** The id of the project that is looked at, where that is known. */
function wantedProject(wanted: Wanted, rows: readonly Loaded[]): ID | undefined {
  if (wanted === 'mine') return undefined
  const is = (p: Project) => p.id === wanted.project || p.key.toLowerCase() === wanted.project.toLowerCase()
  const found = rows.find(({ kind, row }) => kind === 'project' && is(row as Project))
  return found?.row.id
}
