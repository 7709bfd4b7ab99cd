import { createContext, use } from 'react'

import type { ID } from '../../store'

/** What can be done about a change that was refused. */
export interface Repair {
  /** Sends it again. */
  retry: (op: ID) => unknown
  /** Settles a conflict: with theirs, or with these values of the fields. */
  resolve: (op: ID, keep: Record<string, unknown> | 'theirs') => unknown
  /** Opens the dialog in which one chooses. */
  compare: (op: ID) => void
}

const nothing = () => undefined

export const RepairContext = createContext<Repair>({ retry: nothing, resolve: nothing, compare: nothing })

export const useRepair = (): Repair => use(RepairContext)
