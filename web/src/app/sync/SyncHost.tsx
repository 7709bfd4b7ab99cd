import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState, type ReactNode } from 'react'

import { useSync, type ID } from '../../store'
import { toast } from '../../ui/Toast'
import { part } from '../part'
import { changeName } from './changeWords'
import { RepairContext, type Repair } from './repair'
import { isConflict, useNames } from './useChanges'

const ConflictDialog = part(() => import('./ConflictDialog'))

/** Tells of changes that are refused while one works, and holds the dialog in which conflicts are settled. */
export function SyncHost({ repair, children }: { repair: Omit<Repair, 'compare'>; children: ReactNode }) {
  const { t } = useLingui()
  const { refused } = useSync()
  const names = useNames()
  const [comparing, setComparing] = useState<ID>()
  const known = useRef<ReadonlySet<ID> | undefined>(undefined)

  useEffect(() => {
    const before = known.current
    known.current = new Set(refused.map((r) => r.op.id))
    const fresh = before && refused.find((r) => !before.has(r.op.id))
    if (!fresh) return
    if (isConflict(fresh)) setComparing((open) => open ?? fresh.op.id)
    else
      toast({
        text: `${changeName(fresh.op.action, names)}: ${fresh.problem.detail || t`This was not saved.`}`,
        alarm: true,
      })
  }, [refused, names, t])

  const open = refused.find((r) => r.op.id === comparing)
  return (
    <RepairContext value={{ ...repair, compare: setComparing }}>
      {children}
      {open && <ConflictDialog refused={open} onClose={() => setComparing(undefined)} />}
    </RepairContext>
  )
}
