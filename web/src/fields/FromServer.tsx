import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { SWRResponse } from 'swr'

import { Offline, Problem } from '../api/problem'
import { useDelayed } from '../ui/delayed'
import { ErrorState } from '../ui/ErrorState'
import { NoAccess } from '../ui/NoAccess'
import { Skeleton } from '../ui/Skeleton'
import { VisuallyHidden } from '../ui/VisuallyHidden'
import { useSentence } from './refusals'

/** What only the server knows: lines to come while it is asked, then it, or why not. Old answers stay on the screen. */
export function FromServer<T>({
  answer,
  lines = 3,
  children,
}: {
  answer: SWRResponse<T>
  lines?: number
  children: (data: T) => ReactNode
}) {
  const { t } = useLingui()
  const sentence = useSentence()
  const { data, error, mutate, isValidating } = answer
  const slow = useDelayed(data === undefined && error === undefined)
  if (data !== undefined && !slow) return children(data)
  if (error instanceof Problem && (error.status === 403 || error.status === 404)) return <NoAccess />
  if (error !== undefined)
    return (
      <ErrorState
        title={error instanceof Offline ? t`Not to be seen without a connection` : undefined}
        requestId={error instanceof Problem ? error.requestID : undefined}
        busy={isValidating}
        onRetry={() => void mutate()}
      >
        {sentence(error)}
      </ErrorState>
    )
  if (!slow) return null
  return (
    <div className="border-line-strong divide-line divide-y rounded-lg border">
      <VisuallyHidden>{t`Loading`}</VisuallyHidden>
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} className="flex h-13 items-center px-3">
          <Skeleton className="h-3.5 w-48" />
        </div>
      ))}
    </div>
  )
}
