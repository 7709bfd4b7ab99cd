import { Trans } from '@lingui/react/macro'

import { isOverdue, speak, speakFull, useNow } from '../dates'
import { useZone, type Task } from '../store'
import { classes } from '../ui/classes'
import { useFormatLocale } from '../i18n/formatLocale'

/** When a task is due, in words; the whole date and its zone on hover. Nothing where it is not due. */
export function DueText({ task, className }: { task: Pick<Task, 'due' | 'completed_at'>; className?: string }) {
  const now = useNow()
  const zone = useZone()
  const locale = useFormatLocale()
  if (!task.due) return className ? <span className={className} /> : null
  const late = isOverdue(task, zone, now)
  return (
    <time
      dateTime={task.due.time ? `${task.due.date}T${task.due.time}` : task.due.date}
      title={speakFull(task.due, { zone, locale })}
      className={classes('shrink-0 truncate text-xs tabular-nums', late ? 'text-overdue' : 'text-muted', className)}
    >
      {late && (
        <>
          <Trans>Overdue</Trans>{' '}
        </>
      )}
      {speak(task.due, { zone, now, locale })}
    </time>
  )
}
