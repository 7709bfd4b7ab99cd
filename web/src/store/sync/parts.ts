import type { Engine, Loaded } from '../engine'
import type { Grant, ID, Kind } from '../types'
import { pages } from './early'
import type { Server } from './net'

/** Reads what belongs to a task and stands beside it. */
export async function readTaskParts(server: Server, task: ID, signal: AbortSignal): Promise<Loaded[]> {
  const of = async (kind: Kind, path: string) =>
    (await pages<Loaded['row']>(server, `/tasks/${task}/${path}?limit=200`, 10_000, signal)).map(
      (row) => ({ kind, row }) as Loaded,
    )
  const all = await Promise.all([
    of('comment', 'comments'),
    of('attachment', 'attachments'),
    of('relation', 'relations'),
  ])
  return all.flat()
}

const most = 300 // projects that are asked about

/**
 * Reads which roles one has in the projects that are there, which no snapshot tells. An owner and an admin of the workspace
 * need none.
 */
export async function readGrants(
  server: Server,
  engine: Engine,
  me: ID,
  projects: readonly ID[],
  signal: AbortSignal,
): Promise<Loaded[]> {
  const role = engine.confirmed('member', me)?.role
  if (role === 'owner' || role === 'admin') return []
  const grants: Loaded[] = []
  for (const project of projects.slice(0, most)) {
    if (signal.aborted) break
    const there = await pages<Omit<Grant, 'id'>>(server, `/projects/${project}/members?limit=200`, 10_000, signal)
    const mine = there.find((g) => g.user === me)
    if (mine) grants.push({ kind: 'grant', row: { ...mine, id: `${project}/${me}` } })
  }
  return grants
}
