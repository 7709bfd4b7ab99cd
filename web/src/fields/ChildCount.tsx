import { useLingui } from '@lingui/react/macro'

import type { Task } from '../store'

/** How many sub-tasks are done, where there are any. */
export function ChildCount({ task }: { task: Pick<Task, 'child_count' | 'child_done_count'> }) {
  const { t } = useLingui()
  if (task.child_count === 0) return null
  const { child_count: all, child_done_count: done } = task
  return (
    <span
      role="img"
      aria-label={t`${done} of ${all} sub-tasks done`}
      className="border-line text-muted shrink-0 rounded-full border px-1.5 text-xs tabular-nums"
    >
      {done}/{all}
    </span>
  )
}
