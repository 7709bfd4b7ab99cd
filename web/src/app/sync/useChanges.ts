import { useStore, useSync, type Op, type Refused } from '../../store'
import { useRead } from '../../store/context'
import type { Names } from './changeWords'

/** The changes that wait for the server and those that it refused. */
export function useChanges(): { waiting: readonly Op[]; refused: readonly Refused[] } {
  const waiting = useRead('sync', (m) => m.topics.memo('changes that wait', 'sync', () => [...m.pending()]))
  return { waiting, refused: useSync().refused }
}

export function useNames(): Names {
  const { memory } = useStore()
  return {
    task: (id) => memory.data.get('task', id),
    project: (id) => memory.data.get('project', id),
  }
}

/** Whether two people wrote the same at the same time. */
export const isConflict = (r: Refused) => r.problem.status === 412 && r.problem.conflicts.length > 0
