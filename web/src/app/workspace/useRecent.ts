import { useLocation, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'

import { keepsake, useKept } from '../../api/keepsake'
import { useProject, useTask, useView, useWorkspace } from '../../store'

/** Something that was looked at: what it is, and its id. */
export interface Recent {
  kind: 'project' | 'view' | 'task'
  id: string
}

const most = 20
const kept = keepsake<Readonly<Record<string, readonly Recent[]>>>('recent', {})

/** What was looked at in this workspace, latest first. */
export function useRecentList(): readonly Recent[] {
  const workspace = useWorkspace().id
  return useKept(kept)[workspace] ?? []
}

/** The id of what is looked at now, if it is one of those. */
export function useHere(): string | undefined {
  return useLookedAt()[0]?.id
}

/** Remembers the projects, views and tasks that one goes to. */
export function useRecent(): void {
  const workspace = useWorkspace().id
  const looked = useLookedAt()
  const name = looked.map((l) => l.id).join(' ')
  useEffect(() => {
    if (workspace && name) note(workspace, looked)
    // The same things are the same by their ids.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [workspace, name])
}

/** What the address names, the task beside a list first. */
function useLookedAt(): Recent[] {
  const { project, view, task } = useParams({ strict: false })
  const beside = useLocation({ select: (l) => (l.search as { task?: string }).task })
  const found = [
    { kind: 'task' as const, id: useTask(beside ?? task ?? '')?.id },
    { kind: 'project' as const, id: useProject(project ?? '')?.id },
    { kind: 'view' as const, id: useView(view ?? '')?.id },
  ]
  return found.filter((l): l is Recent => l.id !== undefined)
}

function note(workspace: string, looked: readonly Recent[]): void {
  const before = kept.get()[workspace] ?? []
  const rest = before.filter((r) => !looked.some((l) => l.id === r.id))
  kept.set({ ...kept.get(), [workspace]: [...looked, ...rest].slice(0, most) })
}
