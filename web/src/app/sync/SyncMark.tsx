import { plural, t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { CloudAlert, CloudOff, CloudUpload } from 'lucide-react'
import { useEffect, useState } from 'react'

import { useSync, type SyncState } from '../../store'
import { classes } from '../../ui/classes'
import { Icon } from '../../ui/Icon'
import { usePhone } from '../../ui/media'
import { part } from '../../ui/part'
import { Popover } from '../../ui/Popover'
import { Sheet } from '../../ui/Sheet'

const ChangeList = part<object>(async () => ({ default: (await import('./ChangeList')).ChangeList }))

const patience = 2000

/** A quiet sign that the server can't be reached or did not take something; behind it, what waits and what was refused. */
export function SyncMark({ compact }: { compact?: boolean }) {
  const { t } = useLingui()
  const phone = usePhone()
  const sync = useSync()
  const [open, setOpen] = useState(false)
  const late = useLate(sync.state !== 'live' || sync.waiting > 0)
  const words = syncWords(sync)
  if (!late && sync.refused.length === 0 && !open) return null
  const bad = sync.refused.length > 0
  const button = (
    <button
      type="button"
      aria-label={compact ? words : undefined}
      className={classes(
        'focus-inset h-item pointer-coarse:h-row-touch hover:bg-hover flex min-w-0 items-center gap-2 rounded-md px-2 text-start',
        bad ? 'text-danger-text' : 'text-muted',
        compact && 'pointer-coarse:w-11 justify-center',
      )}
    >
      <Icon of={bad ? CloudAlert : sync.state === 'live' ? CloudUpload : CloudOff} />
      {!compact && <span className="min-w-0 truncate">{words}</span>}
    </button>
  )
  return (
    <>
      <span role="status" className="sr-only">
        {words}
      </span>
      {phone ? (
        <Sheet trigger={button} title={t`Changes`} open={open} onOpenChange={setOpen}>
          <ChangeList />
        </Sheet>
      ) : (
        <Popover
          trigger={button}
          name={t`Changes`}
          side="top"
          open={open}
          onOpenChange={setOpen}
          className="w-90 overflow-y-auto"
        >
          <ChangeList />
        </Popover>
      )}
    </>
  )
}

/** How it stands, in a sentence or two: "Offline. 3 changes wait." */
export function syncWords({ state, waiting, fleeting, refused }: SyncState): string {
  const where = state === 'offline' ? t`Offline.` : state === 'connecting' ? t`Connecting.` : ''
  const what = waiting > 0 ? plural(waiting, { one: '# change waits.', other: '# changes wait.' }) : ''
  const not =
    refused.length > 0
      ? plural(refused.length, { one: '# change was not saved.', other: '# changes were not saved.' })
      : ''
  const hold = fleeting > 0 ? t`Keep this tab open until they are sent.` : ''
  return [where, not, what, hold].filter(Boolean).join(' ')
}

/** Whether something has held for longer than it takes to pass by itself. */
function useLate(holds: boolean): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(holds), holds ? patience : 0)
    return () => clearTimeout(timer)
  }, [holds])
  return late
}
