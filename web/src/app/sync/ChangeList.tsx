import { Trans, useLingui } from '@lingui/react/macro'

import { useSync } from '../../store'
import { changeName, wordsIn } from './changeWords'
import { RefusedChange } from './RefusedChange'
import { useChanges, useNames } from './useChanges'

/** What the server did not take, and what it has not been told yet, in the order in which it was done. */
export function ChangeList() {
  const { t } = useLingui()
  const { waiting, refused } = useChanges()
  const { state } = useSync()
  const names = useNames()
  return (
    <div className="flex flex-col gap-3 p-3">
      {refused.length > 0 && (
        <section aria-label={t`Not saved`}>
          <h3 className="font-semibold">
            <Trans>Not saved</Trans>
          </h3>
          <ul className="divide-line divide-y">
            {refused.map((r) => (
              <RefusedChange key={r.op.id} refused={r} />
            ))}
          </ul>
        </section>
      )}
      {waiting.length > 0 && (
        <section aria-label={t`Waiting`}>
          <h3 className="font-semibold">
            <Trans>Waiting</Trans>
          </h3>
          <p className="text-muted text-xs">
            {state === 'live' ? (
              <Trans>They are being sent.</Trans>
            ) : (
              <Trans>They are kept here and are sent as soon as the server can be reached.</Trans>
            )}
          </p>
          <ol className="mt-1">
            {waiting.map((op) => (
              <li key={op.id} className="py-1">
                <span className="block truncate">{changeName(op.action, names)}</span>
                <span className="text-muted block truncate text-xs">{wordsIn(op.action)}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {refused.length + waiting.length === 0 && (
        <p className="text-muted py-2 text-center">
          {state === 'live' ? (
            <Trans>Everything is saved.</Trans>
          ) : (
            <Trans>The server can’t be reached. You can go on working; nothing waits.</Trans>
          )}
        </p>
      )}
    </div>
  )
}
