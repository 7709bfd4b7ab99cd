import { useLingui } from '@lingui/react/macro'
import type { KeyboardEvent } from 'react'

import { Assignees } from '../../../fields/Assignees'
import { ChildCount } from '../../../fields/ChildCount'
import { DueText } from '../../../fields/DueText'
import { TaskKey } from '../../../fields/TaskKey'
import { useToggleDone } from '../../../fields/useToggleDone'
import { useStatus, type Task } from '../../../store'
import { classes } from '../../../ui/classes'
import { announce } from '../../../ui/LiveRegion'
import { StatusIcon } from '../../../ui/StatusIcon'
import { TaskLink } from '../TaskLink'

interface SubTaskLineProps {
  task: Task
  beside: boolean
  canEdit: boolean
  /** Moves it among its siblings; without it the order stays. */
  onMove?: (by: 1 | -1) => void
}

/** A part of a task: its status ticks it, its title opens it; Alt with the arrows moves it, the arrows go on. */
export function SubTaskLine({ task, beside, canEdit, onMove }: SubTaskLineProps) {
  const { t } = useLingui()
  const toggleDone = useToggleDone()
  const status = useStatus(task.status)
  const done = task.completed_at !== null
  const icon = <StatusIcon category={status?.category ?? 'todo'} color={status?.color} name={status?.name ?? true} />
  const toggle = () => {
    toggleDone([task])
    announce(done ? t`${task.title}: to do again` : t`${task.title}: done`)
  }
  const press = (event: KeyboardEvent) => {
    const by = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key as 'ArrowDown']
    if (by === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.altKey && !onMove) return
    event.preventDefault()
    event.stopPropagation()
    if (event.altKey) onMove?.(by)
    else focusLine(event.currentTarget.closest('li'), by)
  }
  return (
    <li
      data-line={task.id}
      className="hover:bg-hover flex h-row items-center gap-2 rounded-md px-2 pointer-coarse:h-row-touch"
    >
      {canEdit ? (
        <button
          type="button"
          role="checkbox"
          aria-checked={done}
          aria-label={t`${task.title} is done`}
          title={done ? t`Mark as not done` : t`Mark as done`}
          onClick={toggle}
          onKeyDown={press}
          className="touch-target hover:bg-pressed -ms-1 grid size-6 shrink-0 place-items-center rounded-sm"
        >
          {icon}
        </button>
      ) : (
        <span className="grid size-4 shrink-0 place-items-center">{icon}</span>
      )}
      <TaskLink
        task={task}
        beside={beside}
        onKeyDown={press}
        className={classes('focus-inset flex h-full min-w-0 grow items-center rounded-sm', done && 'text-muted')}
      >
        <span className="truncate">{task.title}</span>
      </TaskLink>
      <ChildCount task={task} />
      <DueText task={task} />
      <TaskKey id={task.key} className="max-phone:hidden" />
      <span className="flex min-w-5 justify-end">
        <Assignees ids={task.assignees} />
      </span>
    </li>
  )
}

/** Goes to the same thing in the next line. */
function focusLine(line: HTMLElement | null, by: 1 | -1) {
  const to = by > 0 ? line?.nextElementSibling : line?.previousElementSibling
  const box = document.activeElement?.getAttribute('role') === 'checkbox'
  to?.querySelector<HTMLElement>(box ? '[role="checkbox"]' : 'a')?.focus()
}
