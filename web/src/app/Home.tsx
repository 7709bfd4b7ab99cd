import { Navigate } from '@tanstack/react-router'

import { lastOpened, useWorkspaces } from '../store'
import { Opening } from './start/Opening'

/** Nobody stays here: one goes on to the workspace one was in last, to the first one, or to making one. */
export default function Home() {
  const workspaces = useWorkspaces()
  if (!workspaces) return <Opening />
  const opened = lastOpened()
  const last = workspaces.reduce<(typeof workspaces)[number] | undefined>(
    (best, w) => (!best || (opened[w.id] ?? 0) > (opened[best.id] ?? 0) ? w : best),
    undefined,
  )
  if (!last) return <Navigate to="/new" replace />
  return <Navigate to="/$workspace/my" params={{ workspace: last.slug }} replace />
}
