import { Plural, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'

import { Problem } from '../../api/problem'
import { useSentence } from '../../fields/refusals'
import { Button } from '../../ui/Button'
import { useDelayed } from '../../ui/delayed'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorState } from '../../ui/ErrorState'
import type { Hit } from './found'
import { HitLine } from './HitLine'
import { isNarrow, type Narrowing } from './narrowing'
import type { Searched } from './useSearched'

interface HitsProps {
  id: string
  searched: Searched
  narrowing: Narrowing
  current: number
  onPoint: (index: number) => void
  onOpen: (hit: Hit) => void
  onWiden: () => void
}

export function Hits({ id, searched, narrowing, current, onPoint, onOpen, onWiden }: HitsProps) {
  const { t } = useLingui()
  const sentence = useSentence()
  const { hits, offline, local, waiting, complete, more, error } = searched
  const late = useDelayed(waiting)
  const at = hits[current]?.id
  useEffect(() => {
    if (at !== undefined) document.getElementById(`${id}-${at}`)?.scrollIntoView?.({ block: 'nearest' })
    // Only a move of the cursor scrolls.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [current])
  const none = hits.length === 0 && !waiting && error === undefined
  return (
    <div className="min-h-0 grow overflow-y-auto py-1">
      <p role="status" className="text-muted min-h-6 px-4 py-1 text-xs max-phone:px-3">
        {offline ? (
          t`You are offline: only what is kept here was searched.`
        ) : late ? (
          t`Searching…`
        ) : local || none ? (
          ''
        ) : (
          <>
            {more ? t`The best ${hits.length}` : <Plural value={hits.length} one="# found" other="# found" />}
            {!complete && ` · ${t`Older texts are still being prepared for searching.`}`}
          </>
        )}
      </p>
      <div role="listbox" id={id} aria-label={t`Found`}>
        {hits.map((hit, i) => (
          <HitLine
            key={hit.id}
            id={`${id}-${hit.id}`}
            hit={hit}
            current={i === current}
            onOpen={() => onOpen(hit)}
            onPoint={() => i !== current && onPoint(i)}
          />
        ))}
      </div>
      {more && (
        <div className="flex justify-center p-4">
          <Button onClick={searched.showMore}>{t`Show more`}</Button>
        </div>
      )}
      {none &&
        (isNarrow(narrowing) ? (
          <EmptyState action={{ name: t`Search everything`, run: onWiden }}>
            {t`Nothing was found within what you chose.`}
          </EmptyState>
        ) : (
          <EmptyState>{t`Nothing was found. Try fewer words, or only the beginning of one.`}</EmptyState>
        ))}
      {error !== undefined && (
        <ErrorState requestId={error instanceof Problem ? error.requestID : undefined} onRetry={searched.retry}>
          {sentence(error)}
        </ErrorState>
      )}
    </div>
  )
}
