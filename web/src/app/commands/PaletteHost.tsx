import { useNavigate } from '@tanstack/react-router'
import { lazy } from 'react'

import type { Target } from '../../features/palette/entry'
import { useWorkspace } from '../../store'
import { useOrderedProjects } from '../sidebar/projectOrder'
import { useHere, useRecentList } from '../workspace/useRecent'

const load = () => import('../../features/palette/Palette')
const Palette = lazy(load)

/** Brings the palette as soon as the browser has nothing better to do, so that its key opens it at once. */
export function preloadPalette(): void {
  const get = () => void load().catch(() => undefined)
  if ('requestIdleCallback' in window) requestIdleCallback(get)
  else setTimeout(get, 2000)
}

export function PaletteHost({ open, onClose }: { open: boolean; onClose: () => void }) {
  if (!open) return null
  return <OpenPalette onClose={onClose} />
}

function OpenPalette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const workspace = useWorkspace().slug
  const { live, archived } = useOrderedProjects()
  const here = useHere()
  const visited = useRecentList().filter((v) => v.id !== here)

  function go(to: Target) {
    switch (to.kind) {
      case 'project':
        return void navigate({ to: '/$workspace/p/$project', params: { workspace, project: to.project } })
      case 'view':
        return void navigate({ to: '/$workspace/v/$view', params: { workspace, view: to.view } })
      case 'task':
        return void navigate({ to: '/$workspace/t/$task', params: { workspace, task: to.task } })
      case 'members':
        return void navigate({ to: '/$workspace/settings/$section', params: { workspace, section: 'members' } })
      case 'search':
        return void navigate({ to: '/$workspace/search', params: { workspace }, search: { q: to.text } })
    }
  }
  return <Palette onClose={onClose} projects={[...live, ...archived]} visited={visited} go={go} />
}
