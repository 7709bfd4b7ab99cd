import { Link } from '@tanstack/react-router'
import type { KeyboardEvent, ReactNode } from 'react'

import { useWorkspace, type Task } from '../../store'

interface TaskLinkProps {
  task: Task
  /** It opens in the panel that it stands in, not as a page. */
  beside?: boolean
  title?: string
  className?: string
  onKeyDown?: (event: KeyboardEvent) => void
  children: ReactNode
}

/** Leads to another task, in the same place as this one. */
export function TaskLink({ task, beside, title, className, onKeyDown, children }: TaskLinkProps) {
  const workspace = useWorkspace().slug
  const ref = task.key || task.id
  const plain = { title, className, onKeyDown }
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
