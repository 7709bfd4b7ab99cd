import type { Loaded } from '../engine'
import type { Member, Project, Task } from '../types'
import type { Wanted } from './arrive'
import type { Server } from './net'

type Page<T> = { items: T[]; next_cursor: string | null }

const enough = 1000 // tasks, to have something to look at until the snapshot brings all

/** Reads what is looked at by itself, so that it is there long before the whole workspace is. take gets rows as they come. */
export async function readEarly(
  server: Server,
  wanted: Wanted,
  signal: AbortSignal,
  take: (rows: Loaded[]) => void,
): Promise<void> {
  const [projects, labels, members] = await Promise.all([
    pages<Project>(server, '/projects?limit=200', 10_000, signal),
    pages(server, '/labels?limit=200', 10_000, signal),
    pages<Member>(server, '/members?limit=200', 10_000, signal),
  ])
  if (signal.aborted) return
  // How the history knows a person comes with the snapshot, which any version is newer than this.
  const people = members.map(({ id, name, role }) => ({ id, name, role, removed: false, version: 0 }))
  take([...as('project', projects), ...as('label', labels), ...as('member', people)])

  const query = wanted === 'mine' ? 'assignee=me&completed=false' : projectQuery(wanted.project, projects)
  if (query === undefined) return
  await pages<Task>(server, `/tasks?${query}&fields=compact&sort=position&limit=200`, enough, signal, (t) =>
    take(as('task', t)),
  )
}

function projectQuery(wanted: string, projects: readonly Project[]): string | undefined {
  const found = projects.find((p) => p.id === wanted || p.key.toLowerCase() === wanted.toLowerCase())
  return found && 'project=' + found.id
}

const as = (kind: Loaded['kind'], rows: readonly unknown[]) => rows.map((row) => ({ kind, row }) as Loaded)

/** Reads a list, page by page, until it ends or there is enough. */
export async function pages<T>(
  server: Server,
  path: string,
  most: number,
  signal: AbortSignal,
  each?: (items: T[]) => void,
): Promise<T[]> {
  const all: T[] = []
  for (let cursor: string | null = ''; cursor !== null && all.length < most && !signal.aborted;) {
    const page: Page<T> = await server.get(path + (cursor && '&cursor=' + encodeURIComponent(cursor)))
    if (signal.aborted) break
    all.push(...page.items)
    each?.(page.items)
    cursor = page.next_cursor
  }
  return all
}
