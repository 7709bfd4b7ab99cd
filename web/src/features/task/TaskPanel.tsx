import { useLingui } from '@lingui/react/macro'
import { Link, useNavigate } from '@tanstack/react-router'
import { Maximize2, X } from 'lucide-react'
import { useEffect } from 'react'

import { useWorkspace, type Task } from '../../store'
import { useCommands } from '../../ui/commands'
import { Icon } from '../../ui/Icon'
import { IconButton } from '../../ui/IconButton'
import { Tooltip } from '../../ui/Tooltip'
import { Crumbs } from './Crumbs'
import { NoTask } from './NoTask'
import { TaskMenu } from './TaskMenu'
import { TaskView } from './TaskView'
import { useShownTask } from './useShownTask'

export interface TaskPanelProps {
  /** The key or id in the address. */
  task: string
  onClose: () => void
}

/** A task beside the list that it is in. */
export default function TaskPanel({ task: ref, onClose }: TaskPanelProps) {
  const { t } = useLingui()
  const shown = useShownTask(ref)
  const task = shown.state === 'here' ? shown.task : undefined
  useCurrentKey(ref, task)
  return (
    <>
      <header className="h-header border-line flex shrink-0 items-center gap-2 border-b ps-4 pe-2">
        {task && <Crumbs task={task} beside />}
        <span className="grow" />
        {task && <OpenPage task={task} />}
        {task && <TaskMenu />}
        <IconButton icon={X} name={t`Close the task`} command="task-panel.close" onClick={onClose} />
      </header>
      {shown.state === 'here' ? (
        <TaskView key={shown.task.id} task={shown.task} beside onGone={onClose} />
      ) : (
        <NoTask shown={shown} onLeave={onClose} />
      )}
    </>
  )
}

function OpenPage({ task }: { task: Task }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const workspace = useWorkspace().slug
  const to = { to: '/$workspace/t/$task', params: { workspace, task: task.key || task.id } } as const
  const name = t`Open as a page`
  useCommands([{ id: 'task.page', name, group: t`Task`, keys: 'o', icon: Maximize2, run: () => void navigate(to) }])
  return (
    <Tooltip text={name} keys="o">
      <Link
        {...to}
        aria-label={name}
        className="touch-target hover:text-ink hover:bg-hover text-icon grid size-7 shrink-0 place-items-center rounded-md max-phone:hidden"
      >
        <Icon of={Maximize2} />
      </Link>
    </Tooltip>
  )
}

/** The address names the task by the key that it has now. */
function useCurrentKey(ref: string, task: Task | undefined) {
  const navigate = useNavigate()
  const key = task?.key
  useEffect(() => {
    if (key && key !== ref)
      void navigate({ to: '.', search: ((s: object) => ({ ...s, task: key })) as never, replace: true })
  }, [key, ref, navigate])
}
