import type { ComponentProps } from 'react'

import { Assignees } from '../../fields/Assignees'
import { ChildCount } from '../../fields/ChildCount'
import { DueText } from '../../fields/DueText'
import { LabelList } from '../../fields/LabelList'
import { TaskKey } from '../../fields/TaskKey'
import type { Task } from '../../store'
import { classes } from '../../ui/classes'
import { PriorityIcon } from '../../ui/PriorityIcon'
import { CommentCount } from './CommentCount'

interface CardProps extends ComponentProps<'div'> {
  task: Task
  current?: boolean
  selected?: boolean
  opened?: boolean
  /** The one under the pointer while it is dragged. */
  lifted?: boolean
}

/** A task on a board. What is not set draws nothing. */
export function Card({ task, current, selected, opened, lifted, className, ...rest }: CardProps) {
  const quiet = task.completed_at !== null
  const some = task.labels.length + task.comment_count + task.child_count > 0 || task.due !== null
  return (
    <div
      {...rest}
      className={classes(
        'bg-panel border-line flex flex-col gap-1.5 rounded-lg border p-3 select-none',
        selected ? 'bg-selected border-accent' : 'hover:border-line-strong',
        opened && 'border-line-strong bg-hover',
        current && 'outline-focus outline-2 outline-offset-2',
        lifted && 'shadow-floating rotate-1 cursor-grabbing',
        className,
      )}
    >
      <div className="flex h-4 items-center gap-2">
        <TaskKey id={task.key} />
        {task.priority > 0 && <PriorityIcon priority={task.priority} name />}
        <span className="grow" />
        <Assignees ids={task.assignees} max={2} />
      </div>
      <p className={classes('line-clamp-3 wrap-anywhere', quiet && 'text-muted')}>{task.title}</p>
      {some && (
        <div className="flex min-h-4 min-w-0 items-center gap-3 overflow-hidden">
          <DueText task={task} />
          <LabelList ids={task.labels} />
          <span className="grow" />
          <ChildCount task={task} />
          <CommentCount count={task.comment_count} />
        </div>
      )}
    </div>
  )
}
