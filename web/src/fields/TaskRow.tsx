import { useLingui } from '@lingui/react/macro'
import type { ComponentProps, ReactNode } from 'react'

import { useStatus, type Task } from '../store'
import { classes } from '../ui/classes'
import { PriorityIcon } from '../ui/PriorityIcon'
import { StatusIcon } from '../ui/StatusIcon'
import { Assignees } from './Assignees'
import { ChildCount } from './ChildCount'
import { DueText } from './DueText'
import { LabelList } from './LabelList'
import { TaskKey } from './TaskKey'
import type { TaskField } from './TaskFieldPicker'

export interface TaskRowProps extends Omit<ComponentProps<'div'>, 'title'> {
  task: Task
  /** Before everything else, such as a box to select it. */
  lead?: ReactNode
  /** In place of the title, such as a field to change it or a highlighted one. */
  title?: ReactNode
  /** The cursor of the keyboard is on it. */
  current?: boolean
  selected?: boolean
  /** What to do when one of its properties is pressed; without it they are only shown. */
  onPick?: (field: TaskField, anchor: Element) => void
}

const slot = 'hover:bg-pressed grid size-6 shrink-0 place-items-center rounded-sm'

/** A task in a line, every property at the same place in every list: see the rules of the look. */
export function TaskRow({ task, lead, title, current, selected, onPick, className, ...rest }: TaskRowProps) {
  const status = useStatus(task.status)
  const { t } = useLingui()
  const picks = (field: TaskField) =>
    onPick && {
      onClick: (e: React.MouseEvent) => {
        e.stopPropagation()
        onPick(field, e.currentTarget)
      },
    }
  const done = task.completed_at !== null
  return (
    <div
      {...rest}
      className={classes(
        'group/row h-row pointer-coarse:h-row-touch flex min-w-0 items-center gap-2 ps-3 pe-4 select-none',
        selected ? 'bg-selected' : 'hover:bg-hover',
        current && 'focus-inset outline-focus outline-2 -outline-offset-2',
        className,
      )}
    >
      {lead}
      <Slot name={t`Change priority`} {...picks('priority')} className={classes(slot, 'max-phone:hidden')}>
        <PriorityIcon priority={task.priority} name />
      </Slot>
      <TaskKey id={task.key} className="w-16 max-phone:hidden" />
      <Slot name={t`Change status`} {...picks('status')} className={slot}>
        <StatusIcon category={status?.category ?? 'todo'} color={status?.color} name={status?.name ?? true} />
      </Slot>
      <span className={classes('min-w-0 grow truncate', done && 'text-muted')}>{title ?? task.title}</span>
      <ChildCount task={task} />
      <span className="flex min-w-0 shrink-0 items-center gap-3 max-phone:hidden">
        <LabelList ids={task.labels} />
      </span>
      <DueText task={task} className="w-36 text-end max-phone:w-auto" />
      <span className="flex min-w-5 shrink-0 justify-end">
        <Assignees ids={task.assignees} />
      </span>
    </div>
  )
}

/** A button where something can be picked, plain otherwise. Rows are one stop of the keyboard: their parts have keys. */
function Slot({
  name,
  onClick,
  className,
  children,
}: {
  name: string
  onClick?: (e: React.MouseEvent) => void
  className: string
  children: ReactNode
}) {
  return onClick ? (
    <button type="button" tabIndex={-1} title={name} onClick={onClick} className={className}>
      {children}
    </button>
  ) : (
    <span className={classes(className, 'hover:bg-transparent')}>{children}</span>
  )
}
