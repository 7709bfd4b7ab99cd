import { useStore } from './context'
import type { ID } from './types'
import { syncOf } from './open'

/** What one can do about changes that were refused, as useSync names them. */
export interface Refusals {
  /** Sends it again as it is. */
  retry(op: ID): void
  /** Settles a conflict: theirs are kept, or these values are sent for the fields; with none of them what she wrote. */
  resolve(op: ID, keep: Record<string, unknown> | 'theirs'): void
  /** Keeps it no longer. */
  dismiss(op: ID): void
}

export function useRefusals(): Refusals {
  const store = useStore()
  return {
    retry: (op) => void syncOf(store)?.queue.retry(op),
    resolve: (op, keep) => void syncOf(store)?.queue.resolve(op, keep),
    dismiss: (op) => store.memory.dismiss(op),
  }
}
