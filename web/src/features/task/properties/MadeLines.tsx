import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import { ago, speakInstant, useNow } from '../../../dates'
import { useFormatLocale } from '../../../i18n/formatLocale'
import { useMember, useMembers, useZone, type Task } from '../../../store'

/** Who made it and when, when it changed and was completed. */
export function MadeLines({ task }: { task: Task }) {
  const maker = useMember(task.created_by)
  const by = task.author?.name || maker?.name
  const followers = useMembers()
    .filter((m) => task.subscribers.includes(m.id))
    .map((m) => m.name)
    .join(', ')
  return (
    <div className="text-muted mt-3 hidden flex-col gap-1 text-xs @3xl:flex">
      <p>
        {by ? (
          <Trans>
            Made by {by} <Instant at={task.created_at} />
          </Trans>
        ) : (
          <Trans>
            Made <Instant at={task.created_at} />
          </Trans>
        )}
      </p>
      {task.completed_at && (
        <p>
          <Trans>
            Completed <Instant at={task.completed_at} />
          </Trans>
        </p>
      )}
      {task.updated_at !== task.created_at && (
        <p>
          <Trans>
            Changed <Instant at={task.updated_at} />
          </Trans>
        </p>
      )}
      {followers && (
        <p>
          <Trans>Followed by {followers}</Trans>
        </p>
      )}
    </div>
  )
}

/** How long ago something was; the whole time on hover. */
export function Instant({ at, className }: { at: string; className?: string }): ReactNode {
  const zone = useZone()
  const locale = useFormatLocale()
  const now = useNow()
  return (
    <time dateTime={at} title={speakInstant(at, { zone, locale })} className={className}>
      {ago(at, { zone, now, locale })}
    </time>
  )
}
