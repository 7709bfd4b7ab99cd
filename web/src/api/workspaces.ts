import { api, ok } from './client'
import { remembered } from './keepsake'
import type { components } from './schema'

export type Workspace = components['schemas']['Workspace']

const known = keepsake<readonly Workspace[] | null>('workspaces', null)

/** The workspaces of whoever is signed in, by name, as last heard; null before anything was. */
export const useWorkspaces = (): readonly Workspace[] | null => known.use()
export const workspaces = (): readonly Workspace[] | null => known.get()

/** Asks the server for all of them. Throws what api does. */
export async function loadWorkspaces(): Promise<readonly Workspace[]> {
  const all: Workspace[] = []
  let cursor: string | null | undefined
  do {
    const page = await ok(api.GET('/workspaces', { params: { query: { limit: 200, ...(cursor ? { cursor } : {}) } } }))
    all.push(...page.items)
    cursor = page.next_cursor
  } while (cursor)
  return keep(all)
}

/** Takes up what the server answered about one of them: it is new, or has another name. */
export function keepWorkspace(w: Workspace): void {
  keep([...(known.get() ?? []).filter((o) => o.id !== w.id), w])
}

function keep(all: readonly Workspace[]): readonly Workspace[] {
  known.set([...all].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)))
  return known.get()!
}
