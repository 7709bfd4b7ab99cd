import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, Settings } from 'lucide-react'
import type { KeyboardEvent } from 'react'

import { ProjectIcon } from '../../fields/ProjectIcon'
import { useWorkspace, type Project } from '../../store'
import { classes } from '../../ui/classes'
import { announce } from '../../ui/LiveRegion'
import { ContextMenu, type MenuEntry } from '../../ui/Menu'
import { useOrderedProjects } from './projectOrder'
import { SidebarItem } from './SidebarItem'
import { useReorder } from '../../fields/useReorder'

const height = 28

/** The projects in one's own order, which dragging or Alt with the arrow keys changes. */
export function ProjectList() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const workspace = useWorkspace().slug
  const { live, move } = useOrderedProjects()
  const { itemProps, dragging } = useReorder(
    live.map((p) => p.id),
    height,
    moveTo,
  )

  function moveTo(id: string, to: number) {
    const project = live.find((p) => p.id === id)
    if (!project || to < 0 || to >= live.length) return
    move(id, to)
    announce(t`${project.name}: place ${to + 1} of ${live.length}`)
  }
  function onKeyDown(event: KeyboardEvent, id: string, place: number) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!step || !event.altKey) return
    event.preventDefault()
    moveTo(id, place + step)
  }
  function menuOf(target: Element): readonly MenuEntry[] {
    const id = target.closest('[data-project]')?.getAttribute('data-project')
    const place = live.findIndex((p) => p.id === id)
    const project = live[place]
    if (!project) return []
    return [
      {
        name: t`Project settings`,
        icon: Settings,
        run: () =>
          void navigate({ to: '/$workspace/p/$project/settings', params: { workspace, project: project.key } }),
      },
      'line',
      {
        name: t`Move up`,
        icon: ArrowUp,
        keys: 'alt+arrowup',
        disabled: place === 0,
        run: () => moveTo(project.id, place - 1),
      },
      {
        name: t`Move down`,
        icon: ArrowDown,
        keys: 'alt+arrowdown',
        disabled: place === live.length - 1,
        run: () => moveTo(project.id, place + 1),
      },
    ]
  }
  return (
    <ContextMenu items={menuOf}>
      <ul className={classes(dragging && 'cursor-grabbing')}>
        {live.map((project, place) => {
          const { onPointerDown, onClickCapture, style, 'data-dragged': dragged } = itemProps(project.id, place)
          return (
            <li
              key={project.id}
              data-project={project.id}
              onPointerDown={onPointerDown}
              onClickCapture={onClickCapture}
              style={style}
              className={classes(
                'rounded-md',
                dragging && 'transition-transform',
                dragged && 'bg-floating shadow-floating relative z-sticky transition-none',
              )}
            >
              <ProjectItem
                project={project}
                command={place < 9 ? `go.project.${place + 1}` : undefined}
                onKeyDown={(event) => onKeyDown(event, project.id, place)}
              />
            </li>
          )
        })}
      </ul>
    </ContextMenu>
  )
}

interface ProjectItemProps {
  project: Project
  command?: string
  onKeyDown?: (event: KeyboardEvent) => void
  onClick?: () => void
}

export function ProjectItem({ project, command, onKeyDown, onClick }: ProjectItemProps) {
  const workspace = useWorkspace().slug
  return (
    <SidebarItem
      to="/$workspace/p/$project"
      params={{ workspace, project: project.key }}
      icon={<ProjectIcon project={project} />}
      name={project.name}
      hint={project.key}
      command={command}
      onKeyDown={onKeyDown}
      onClick={onClick}
    />
  )
}
