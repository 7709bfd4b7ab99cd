import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'

import { Offline, Problem } from '../../api/problem'
import { useSentence } from '../../fields/refusals'
import { Button } from '../../ui/Button'
import { useDelayed } from '../../ui/delayed'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorState } from '../../ui/ErrorState'
import { announce } from '../../ui/LiveRegion'
import { ScreenHeader } from '../../ui/ScreenHeader'
import { SegmentedControl } from '../../ui/SegmentedControl'
import { Skeleton } from '../../ui/Skeleton'
import { toast } from '../../ui/Toast'
import { TrashLine } from './TrashLine'
import { useTrash, type Thrown } from './useTrash'

type Shown = 'all' | Thrown['type']

/** What was deleted in the last 30 days and can be taken back. */
export default function Trash() {
  const { t } = useLingui()
  const sentence = useSentence()
  const [type, setType] = useState<Shown>('all')
  const trash = useTrash()
  const { items, error, busy, more } = trash
  const slow = useDelayed(items === undefined && error === undefined)
  const shown = items?.filter((i) => type === 'all' || i.type === type) ?? []

  async function restore(item: Thrown) {
    const undo = await trash.restore(item)
    const name = item.type === 'task' ? item.data.title : item.data.name
    toast({ text: t`Restored: ${name}`, ...(undo ? { undo } : {}) })
  }
  async function purge(item: Thrown) {
    await trash.purge(item)
    announce(t`Removed for good`)
  }
  const options = [
    { value: 'all', name: t`All` },
    { value: 'task', name: t`Tasks` },
    { value: 'project', name: t`Projects` },
    { value: 'attachment', name: t`Files` },
  ] as const
  return (
    <>
      <ScreenHeader title={t`Trash`} />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="border-line flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2 max-phone:px-3">
          <SegmentedControl name={t`Show`} value={type} onChange={setType} options={options} />
          <p className="text-muted text-xs">
            <Trans>What is here is removed for good after 30 days.</Trans>
          </p>
        </div>
        {slow && <Waiting />}
        {items === undefined && error !== undefined && (
          <ErrorState
            title={error instanceof Offline ? t`Not to be seen without a connection` : undefined}
            requestId={error instanceof Problem ? error.requestID : undefined}
            busy={busy}
            onRetry={trash.reload}
          >
            {sentence(error)}
          </ErrorState>
        )}
        {items !== undefined && !slow && (
          <>
            <ul aria-label={t`Trash`}>
              {shown.map((item) => (
                <TrashLine key={item.id} item={item} onRestore={() => restore(item)} onPurge={() => purge(item)} />
              ))}
            </ul>
            {shown.length === 0 && !more && (
              <EmptyState
                icon={Trash2}
                action={type === 'all' ? undefined : { name: t`Show everything`, run: () => setType('all') }}
              >
                {type === 'all' ? t`Nothing is in the trash.` : t`Nothing of this kind is in the trash.`}
              </EmptyState>
            )}
            {more && (
              <div className="flex justify-center p-4">
                <Button busy={busy} onClick={trash.showMore}>{t`Show more`}</Button>
              </div>
            )}
            <p className="sr-only" role="status">
              <Plural value={shown.length} one="# thing in the trash" other="# things in the trash" />
            </p>
          </>
        )}
      </div>
    </>
  )
}

function Waiting() {
  return (
    <div aria-hidden>
      {['w-56', 'w-40', 'w-72'].map((width) => (
        <div key={width} className="border-line flex h-13 items-center gap-3 border-b px-4">
          <Skeleton className="size-4" />
          <Skeleton className={`h-3.5 ${width}`} />
        </div>
      ))}
    </div>
  )
}
