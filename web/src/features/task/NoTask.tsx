import { Trans, useLingui } from '@lingui/react/macro'
import { Trash2 } from 'lucide-react'

import { useActions, useCan } from '../../store'
import { Button } from '../../ui/Button'
import { useDelayed } from '../../ui/delayed'
import { NoAccess } from '../../ui/NoAccess'
import { Notice } from '../../ui/Notice'
import { Skeleton } from '../../ui/Skeleton'
import type { Shown } from './useShownTask'

/** In place of a task that is not here: not yet, not any more, or not for the one who asks. */
export function NoTask({ shown, onLeave }: { shown: Exclude<Shown, { state: 'here' }>; onLeave: () => void }) {
  const { t } = useLingui()
  const act = useActions()
  const can = useCan(shown.state === 'deleted' ? shown.task.project : undefined)
  const late = useDelayed(shown.state === 'waiting')
  if (shown.state === 'waiting') return late ? <TaskSkeleton /> : null
  const leave = (
    <Button onClick={onLeave}>
      <Trans>Go back</Trans>
    </Button>
  )
  if (shown.state === 'missing')
    return (
      <NoAccess text={t`There is no such task, or you have no access to it. Ask whoever sent you the link.`}>
        {leave}
      </NoAccess>
    )
  const { task } = shown
  return (
    <Notice icon={Trash2} title={t`This task is in the trash`} text={task.title}>
      {can.edit && (
        <Button kind="primary" onClick={() => act.restoreTasks([task.id])}>
          <Trans>Restore</Trans>
        </Button>
      )}
      {leave}
    </Notice>
  )
}

function TaskSkeleton() {
  const { t } = useLingui()
  return (
    <div
      role="status"
      aria-label={t`Loading the task`}
      className="mx-auto flex w-full max-w-250 flex-col gap-4 px-4 pt-6 @3xl:px-8"
    >
      <Skeleton className="h-7 w-3/5" />
      <div className="flex gap-2">
        <Skeleton className="h-7 w-20" />
        <Skeleton className="h-7 w-24" />
        <Skeleton className="h-7 w-16" />
      </div>
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-11/12" />
      <Skeleton className="h-4 w-2/3" />
    </div>
  )
}
