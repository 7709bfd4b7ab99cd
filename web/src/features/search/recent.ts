import { keepsake, useKept } from '../../api/keepsake'
import type { ID } from '../../store'

const most = 8
/** What was searched for in each workspace, the last first. */
const kept = keepsake<Readonly<Record<ID, readonly string[]>>>('search.recent', {})

export function useRecentSearches(workspace: ID): readonly string[] {
  return useKept(kept)[workspace] ?? []
}

export function rememberSearch(workspace: ID, text: string): void {
  const q = text.trim()
  if (q === '') return
  const before = kept.get()[workspace] ?? []
  kept.set({ ...kept.get(), [workspace]: [q, ...before.filter((o) => o !== q)].slice(0, most) })
}

export function forgetSearches(workspace: ID): void {
  kept.set({ ...kept.get(), [workspace]: [] })
}
