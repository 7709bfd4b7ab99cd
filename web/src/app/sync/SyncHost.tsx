import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState, type ReactNode } from 'react'

import { useSync, type ID } from '../../store'
import { toast } from '../../ui/Toast'
import { part } from '../../ui/part'
import { changeName } from './changeWords'
import { RepairContext, type Repair } from './repair'
import { isConflict, useNames } from './useChanges'

const ConflictDialog = part(() => import('./ConflictDialog'))

interface SyncHostProps {
  repair: Omit<Repair, 'compare'>
  /** Kept when what was refused before, and waits to be seen to, has been taken up. */
  arrived: Promise<unknown>
  children: ReactNode
}

/** Tells of changes that are refused while one works, and holds the dialog in which conflicts are settled. */
export function SyncHost({ repair, arrived, children }: SyncHostProps) {
  const { t } = useLingui()
  const { refused } = useSync()
  const names = useNames()
  const [comparing, setComparing] = useState<ID>()
  const [ready, setReady] = useState(false)
  const known = useRef<ReadonlySet<ID> | undefined>(undefined)

  useEffect(() => {
    void arrived.then(() => setReady(true))
  }, [arrived])
  useEffect(() => {
    if (!ready) return
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
  }, [ready, refused, names, t])

  const open = refused.find((r) => r.op.id === comparing)
  return (
    <RepairContext value={{ ...repair, compare: setComparing }}>
      {children}
      {open && <ConflictDialog refused={open} onClose={() => setComparing(undefined)} />}
    </RepairContext>
  )
}
