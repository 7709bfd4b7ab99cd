import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'

import { useCan, useLoaded } from '../../store'
import { classes } from '../../ui/classes'
import { runCommand } from '../../ui/commands'
import { useDelayed } from '../../ui/delayed'
import { Icon } from '../../ui/Icon'
import { IconButton } from '../../ui/IconButton'
import { Skeleton } from '../../ui/Skeleton'
import { ProjectItem, ProjectList } from './ProjectList'
import { useOrderedProjects } from './projectOrder'
import { SidebarSection } from './SidebarSection'

/** The projects, a way to make one, and the archived ones on demand. */
export function Projects({ onGo }: { onGo?: () => void }) {
  const { t } = useLingui()
  const can = useCan()
  const { live, archived } = useOrderedProjects()
  const waiting = useLoaded() === 'nothing'
  const slow = useDelayed(waiting)
  const add = can.createProject && (
    <IconButton
      icon={Plus}
      size="small"
      name={t`New project`}
      command="project.new"
      onClick={() => runCommand('project.new')}
    />
  )
  return (
    <SidebarSection id="sidebar-projects" name={t`Projects`} action={add}>
      {/* A press on a project leads away from the sheet that this stands in on a phone. */}
      {}
      <div onClick={(event) => event.target instanceof Element && event.target.closest('a') && onGo?.()}>
        {slow && live.length === 0 ? <ProjectSkeletons /> : <ProjectList />}
        {!waiting && live.length === 0 && (
          <p className="text-muted px-2 py-1 text-xs">
            <Trans>No projects yet.</Trans>
          </p>
        )}
        {archived.length > 0 && <Archived />}
      </div>
    </SidebarSection>
  )
}

function Archived() {
  const [open, setOpen] = useState(false)
  const { archived } = useOrderedProjects()
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="focus-inset h-item pointer-coarse:h-row-touch text-muted hover:bg-hover hover:text-ink flex w-full items-center gap-2 rounded-md px-2 text-start max-phone:gap-3 max-phone:text-base"
      >
        <span className="max-phone:size-5 grid shrink-0 place-items-center">
          <Icon of={ChevronRight} className={classes('text-icon', open ? 'rotate-90' : 'rtl:-scale-x-100')} />
        </span>
        <span className="grow truncate">
          <Trans>Archived</Trans>
        </span>
        <span className="text-xs">{archived.length}</span>
      </button>
      {open && (
        <ul>
          {archived.map((project) => (
            <li key={project.id}>
              <ProjectItem project={project} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function ProjectSkeletons() {
  return ['w-24', 'w-32', 'w-20'].map((width) => (
    <div key={width} className="h-item flex items-center gap-2 px-2">
      <Skeleton className="size-4" />
      <Skeleton className={`h-3 ${width}`} />
    </div>
  ))
}
