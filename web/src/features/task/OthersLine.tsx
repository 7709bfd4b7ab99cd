import { Trans, useLingui } from '@lingui/react/macro'

import { useMe, type Task } from '../../store'
import { Button } from '../../ui/Button'
import { useActivity } from './story/useActivity'

interface OthersLineProps {
  task: Task
  field: 'title' | 'description'
  /** What it says now, where that is short. */
  now?: string
  /** Lets go of one's own words. */
  onTake: () => void
}

/** Says quietly that somebody else has changed what one is typing over. Nothing that is typed moves. */
export function OthersLine({ task, field, now, onTake }: OthersLineProps) {
  const { t } = useLingui()
  const me = useMe().id
  const { lines } = useActivity(task)
  const line = lines.find((l) => l.actor.id !== me && l.after !== undefined && field in l.after)
  const who = line?.actor.name ?? t`Somebody`
  return (
    <p role="status" className="text-muted mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
      <span className="min-w-0 wrap-anywhere">
        {now === undefined ? (
          <Trans>{who} changed this.</Trans>
        ) : (
          <Trans>
            {who} changed this to “{now}”.
          </Trans>
        )}
      </span>
      <Button size="small" onMouseDown={(e) => e.preventDefault()} onClick={onTake}>
        <Trans>Take theirs</Trans>
      </Button>
    </p>
  )
}
