import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useLingui } from '@lingui/react/macro'

import { useProject, useWorkspace } from '../../store'
import { ScreenHeader } from '../../ui/ScreenHeader'
import { Crumbs } from './Crumbs'
import { NoTask } from './NoTask'
import { TaskMenu } from './TaskMenu'
import { TaskView } from './TaskView'
import { useShownTask } from './useShownTask'

/** A task as a screen of its own. */
export default function TaskPage() {
  const { t } = useLingui()
  const { task: ref } = useParams({ from: '/$workspace/t/$task' })
  const navigate = useNavigate()
  const workspace = useWorkspace().slug
  const shown = useShownTask(ref)
  const task = shown.state === 'here' ? shown.task : undefined
  const project = useProject(shown.state === 'here' || shown.state === 'deleted' ? shown.task.project : '')
  const key = task?.key
  useEffect(() => {
    const params = { workspace, task: key } as never
    if (key && key !== ref) void navigate({ to: '.', params, search: true as never, hash: true, replace: true })
  }, [key, ref, workspace, navigate])
  const leave = () => {
    if (project) void navigate({ to: '/$workspace/p/$project', params: { workspace, project: project.key } })
    else void navigate({ to: '/$workspace/my', params: { workspace } })
  }
  return (
    <>
      <ScreenHeader
        title={task ? `${task.key} ${task.title}`.trim() : shown.state === 'waiting' ? ref : t`No such task`}
        hideTitle
        actions={task && <TaskMenu />}
      >
        {task && <Crumbs task={task} />}
      </ScreenHeader>
      {shown.state === 'here' ? (
        <TaskView key={shown.task.id} task={shown.task} onGone={leave} />
      ) : (
        <NoTask shown={shown} onLeave={leave} />
      )}
    </>
  )
}
