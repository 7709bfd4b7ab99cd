import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import type { Refused } from '../../store'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { changeName } from './changeWords'
import { conflictsOf } from './conflict'
import { ConflictField, type Choice } from './ConflictField'
import { useRepair } from './repair'
import { useNames } from './useChanges'

interface ConflictDialogProps {
  refused: Refused
  onClose: () => void
}

/** Two people changed the same: what it was, what they wrote, what she wrote, and her choice. Closing it keeps all of it. */
export default function ConflictDialog({ refused, onClose }: ConflictDialogProps) {
  const { t } = useLingui()
  const { resolve } = useRepair()
  const [choices, setChoices] = useState<Record<string, Choice>>({})
  const [busy, setBusy] = useState(false)
  const conflicts = conflictsOf(refused)
  const names = useNames()

  async function settle(keep: Record<string, unknown> | 'theirs') {
    setBusy(true)
    await resolve(refused.op.id, keep)
    onClose()
  }
  function save() {
    const values = conflicts.map((c) => [c.field, valueOf(choices[c.field] ?? { of: 'mine' }, c)] as const)
    const all = values.every(([, v], i) => v === conflicts[i]!.theirs)
    void settle(all ? 'theirs' : Object.fromEntries(values))
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      keepOpen
      size="large"
      title={t`Somebody else changed the same`}
      description={
        <>
          {changeName(refused.op.action, names)}.{' '}
          <Trans>Choose what stays. Until you do, your words are kept among the changes that were not saved.</Trans>
        </>
      }
      actions={
        <>
          <Button onClick={onClose} className="me-auto">
            <Trans>Later</Trans>
          </Button>
          <Button onClick={() => void settle('theirs')} disabled={busy}>
            <Trans>Keep theirs</Trans>
          </Button>
          <Button kind="primary" busy={busy} onClick={save}>
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {conflicts.map((c) => (
          <ConflictField
            key={c.field}
            conflict={c}
            choice={choices[c.field] ?? { of: 'mine' }}
            onChoice={(choice) => setChoices({ ...choices, [c.field]: choice })}
          />
        ))}
      </div>
    </Dialog>
  )
}

function valueOf(choice: Choice, c: { mine: unknown; theirs: unknown }): unknown {
  return choice.of === 'merged' ? choice.text : c[choice.of]
}
