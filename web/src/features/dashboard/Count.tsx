import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { useWorkspace, type Filter, type Project } from '../../store'
import { classes } from '../../ui/classes'

interface CountProps {
  value: number
  /** The project whose list it leads to; without one it is that of the whole workspace. */
  project: Project | undefined
  filter: Filter
  /** What is counted, for who hears it. */
  name: string
  className?: string
  children?: ReactNode
}

/** A number that leads to the tasks it counts. */
export function Count({ value, project, filter, name, className, children }: CountProps) {
  const { slug } = useWorkspace()
  const shown = children ?? value
  if (value === 0) return <span className={classes('text-muted tabular-nums', className)}>{shown}</span>
  return (
    <Link
      {...(project
        ? { to: '/$workspace/p/$project', params: { workspace: slug, project: project.key } }
        : { to: '/$workspace/all', params: { workspace: slug } })}
      search={{ ...(project ? { layout: 'list' as const } : {}), filter }}
      aria-label={`${name}: ${value}`}
      className={classes('touch-target rounded-sm tabular-nums underline-offset-2 hover:underline', className)}
    >
      {shown}
    </Link>
  )
}
