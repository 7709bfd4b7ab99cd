import { Inbox } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../Button'
import { EmptyState } from '../EmptyState'
import { ErrorBoundary } from '../ErrorBoundary'
import { ErrorState } from '../ErrorState'
import { NoAccess } from '../NoAccess'
import { Progress } from '../Progress'
import { Skeleton } from '../Skeleton'
import { Case } from './Case'

export function States() {
  const [broken, setBroken] = useState(false)
  return (
    <div className="bg-panel">
      <Case name="EmptyState, ErrorState, NoAccess, ErrorBoundary">
        <EmptyState icon={Inbox} action={{ name: 'Add a task', run: () => undefined, keys: 'c' }}>
          No tasks here yet.
        </EmptyState>
        <ErrorState requestId="req_01J8Z3" onRetry={() => undefined} />
        <NoAccess />
        <ErrorBoundary resetKey={broken}>
          {broken ? <Broken /> : <Button onClick={() => setBroken(true)}>Break it</Button>}
        </ErrorBoundary>
      </Case>
      <Case name="Progress, Skeleton">
        <div className="flex w-full max-w-100 flex-col gap-4">
          <Progress name="Uploading" value={0.4} />
          <Progress name="Importing" />
          {[80, 60, 70].map((width) => (
            <div key={width} className="h-row flex items-center gap-3">
              <Skeleton className="size-4 rounded-full" />
              <Skeleton className="h-3 w-12" />
              <Skeleton className="h-3" style={{ width: `${width}%` }} />
            </div>
          ))}
        </div>
      </Case>
    </div>
  )
}

function Broken(): never {
  throw new Error('broken on purpose')
}
