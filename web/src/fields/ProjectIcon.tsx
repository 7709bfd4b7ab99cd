import type { Project } from '../store'
import { classes } from '../ui/classes'
import { colorOf } from '../ui/colors'

/** A project's own sign, or a small square of its colour. Silent, for the name stands beside it. */
export function ProjectIcon({ project, className }: { project: Pick<Project, 'icon' | 'color'>; className?: string }) {
  if (project.icon && [...project.icon].length <= 2)
    return (
      <span aria-hidden className={classes('grid size-4 shrink-0 place-items-center text-xs leading-none', className)}>
        {project.icon}
      </span>
    )
  return (
    <span aria-hidden className={classes('grid size-4 shrink-0 place-items-center', className)}>
      <span className="size-2.5 rounded-[3px]" style={{ background: colorOf(project.color) }} />
    </span>
  )
}
