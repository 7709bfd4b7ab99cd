import { useLingui } from '@lingui/react/macro'
import { Link, useParams } from '@tanstack/react-router'
import { SlidersHorizontal } from 'lucide-react'

import { ProjectIcon } from '../../fields/ProjectIcon'
import { useLoaded, useProject, useWorkspace } from '../../store'
import { part } from '../../ui/part'
import { IconButton } from '../../ui/IconButton'
import { NoAccess } from '../../ui/NoAccess'
import { BoardSkeleton } from './BoardSkeleton'
import { TaskScreen } from './TaskScreen'
import type { Shown } from './useShown'

const SaveView = part(async () => ({ default: (await import('./SaveView')).SaveView }))

const own: Shown = { layout: 'board', group: 'status', sort: 'position', filter: {} }

/** The board or list of one project. */
export default function ProjectScreen() {
  const { t } = useLingui()
  const { project: key } = useParams({ strict: false }) as { project: string }
  const { slug } = useWorkspace()
  const project = useProject(key)
  const loaded = useLoaded()
  if (!project) return loaded === 'all' ? <NoAccess /> : <BoardSkeleton />
  return (
    <TaskScreen
      key={project.id}
      name={project.name}
      icon={<ProjectIcon project={project} />}
      base={{ field: 'project', op: 'eq', value: project.id }}
      own={own}
      project={project.id}
      tools={
        <Link to="/$workspace/p/$project/settings" params={{ workspace: slug, project: project.key }} tabIndex={-1}>
          <IconButton icon={SlidersHorizontal} name={t`Project settings`} />
        </Link>
      }
      keep={(shown) => <SaveView shown={shown} project={project.id} />}
    />
  )
}
