import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { useWorkspace, type Task } from '../../store'

interface TaskLinkProps {
  task: Task
  /** It opens in the panel that it stands in, not as a page. */
  beside?: boolean
  title?: string
  className?: string
  children: ReactNode
}

/** Leads to another task, in the same place as this one. */
export function TaskLink({ task, beside, title, className, children }: TaskLinkProps) {
  const workspace = useWorkspace().slug
  const ref = task.key || task.id
  const plain = { title, className }
  if (beside)
    return (
      <Link to="." search={((s: object) => ({ ...s, task: ref })) as never} {...plain}>
        {children}
      </Link>
    )
  return (
    <Link to="/$workspace/t/$task" params={{ workspace, task: ref }} {...plain}>
      {children}
    </Link>
  )
}
