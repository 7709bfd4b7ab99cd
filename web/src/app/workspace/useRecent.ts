import { useLocation, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'

import { keepsake } from '../../api/keepsake'
import { useStore, useWorkspace } from '../../store'

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
  return kept.use()[workspace] ?? []
}

/** Remembers the projects, views and tasks that one goes to. */
export function useRecent(): void {
  const { project, view, task } = useParams({ strict: false })
  const beside = useLocation({ select: (l) => (l.search as { task?: string }).task })
  const workspace = useWorkspace().id
  const { memory } = useStore()
  useEffect(() => {
    if (!workspace) return
    if (project) note(workspace, 'project', memory.reads.project(project)?.id)
    if (view) note(workspace, 'view', view)
    const opened = beside ?? task
    if (opened) note(workspace, 'task', memory.data.task(opened)?.id)
  }, [workspace, project, view, task, beside, memory])
}

function note(workspace: string, kind: Recent['kind'], id: string | undefined): void {
  if (!id) return
  const before = kept.get()[workspace] ?? []
  const rest = before.filter((r) => r.id !== id)
  kept.set({ ...kept.get(), [workspace]: [{ kind, id }, ...rest].slice(0, most) })
}
