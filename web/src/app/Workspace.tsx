import { Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'

import { StoreProvider, useWorkspace } from '../store'
import type { Opened } from '../store/open'
import { part } from '../ui/part'
import { Frame } from './layout/Frame'
import { FrameSkeleton } from './layout/FrameSkeleton'
import { RouteFocus } from './layout/RouteFocus'
import { SyncHost } from './sync/SyncHost'
import { NotOpened, NoWorkspaceHere } from './workspace/NoWorkspaceHere'
import { useOpened } from './workspace/useOpened'
import { useRecent } from './workspace/useRecent'

const GlobalCommands = part(async () => ({ default: (await import('./commands/GlobalCommands')).GlobalCommands }))
const TaskPanelHost = part(async () => ({ default: (await import('./panel/TaskPanelHost')).TaskPanelHost }))

/** A workspace: opened from what is kept here, with everything around its screens. */
export default function Workspace() {
  const { workspace } = useParams({ from: '/$workspace' })
  const path = useLocation({ select: (l) => l.pathname })
  const { opened, none, failure, retry } = useOpened(workspace, path)
  if (opened) return <OpenWorkspace key={opened.workspace.id} {...opened} />
  if (none) return <NoWorkspaceHere />
  if (failure) return <NotOpened failure={failure} retry={retry} />
  return <FrameSkeleton />
}

function OpenWorkspace({ store, sync }: Opened) {
  const repair = {
    retry: (op: string) => sync.queue.retry(op),
    resolve: (op: string, keep: Record<string, unknown> | 'theirs') => sync.queue.resolve(op, keep),
  }
  return (
    <StoreProvider store={store}>
      <SyncHost repair={repair} arrived={sync.arrived}>
        <FollowSlug />
        <RouteFocus />
        <Recent />
        <Frame beside={<TaskPanelHost />}>
          <Outlet />
        </Frame>
        <GlobalCommands />
      </SyncHost>
    </StoreProvider>
  )
}

/** The address names the workspace by its slug, also when it was given by its id or has another slug by now. */
function FollowSlug() {
  const { workspace } = useParams({ from: '/$workspace' })
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  useEffect(() => {
    if (slug && slug !== workspace)
      void navigate({ to: '.', params: { workspace: slug } as never, search: true as never, replace: true })
  }, [slug, workspace, navigate])
  return null
}

function Recent() {
  useRecent()
  return null
}
