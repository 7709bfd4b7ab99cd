import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'

import { Assignees } from '../../../fields/Assignees'
import { DueText } from '../../../fields/DueText'
import { TaskKey } from '../../../fields/TaskKey'
import { useStatus, useTask, type ID } from '../../../store'
import { classes } from '../../../ui/classes'
import { IconButton } from '../../../ui/IconButton'
import { StatusIcon } from '../../../ui/StatusIcon'
import { TaskLink } from '../TaskLink'

interface RelationLineProps {
  id: ID
  beside: boolean
  /** The other task holds this one up as long as it is open. */
  holding: boolean
  onRemove?: () => void
}

export function RelationLine({ id, beside, holding, onRemove }: RelationLineProps) {
  const { t } = useLingui()
  const task = useTask(id)
  const status = useStatus(task?.status ?? '')
  if (!task) return null
  const done = task.completed_at !== null
  return (
    <li className="group/line hover:bg-hover flex h-row items-center gap-2 rounded-md px-2 pointer-coarse:h-row-touch">
      <StatusIcon category={status?.category ?? 'todo'} color={status?.color} name={status?.name ?? true} />
      <TaskLink
        task={task}
        beside={beside}
        className={classes('focus-inset flex h-full min-w-0 grow items-center rounded-sm', done && 'text-muted')}
      >
        <span className="truncate">{task.title}</span>
      </TaskLink>
      {holding && !done && <span className="text-warning-text shrink-0 text-xs max-phone:hidden">{t`Still open`}</span>}
      <DueText task={task} />
      <TaskKey id={task.key} className="max-phone:hidden" />
      <span className="flex min-w-5 justify-end">
        <Assignees ids={task.assignees} />
      </span>
      {onRemove && (
        <IconButton
          size="small"
          icon={X}
          name={t`Not related to ${task.title}`}
          onClick={onRemove}
          className="-me-1 opacity-0 group-hover/line:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
        />
      )}
    </li>
  )
}
