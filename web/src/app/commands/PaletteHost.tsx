import { useNavigate } from '@tanstack/react-router'

import type { Target } from '../../features/palette/entry'
import { useWorkspace } from '../../store'
import { part } from '../../ui/part'
import { useOrderedProjects } from '../sidebar/projectOrder'
import { useHere, useRecentList } from '../workspace/useRecent'

export const Palette = part(() => import('../../features/palette/Palette'))

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
