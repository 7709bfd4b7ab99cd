import { useEffect } from 'react'

import { api, ok } from '../../api/client'
import { Offline } from '../../api/problem'
import { useNow } from '../../dates'
import { useServer } from '../../fields/serverList'
import { useProjects, useStore, useSync, useTasks, useWorkspace, useZone, type ID } from '../../store'
import { countHere, span, type Stats } from './stats'

const often = 5000 // milliseconds at least between two questions

/** The numbers of a project, or of all that are not archived: the server's, followed; counted here if it can't be asked. */
export function useStats(project: ID | undefined): {
  stats: Stats | undefined
  /** Counted here. */
  local: boolean
  error: unknown
  retry: () => void
} {
  const { id: ws } = useWorkspace()
  const zone = useZone()
  const now = useNow()
  const projects = useProjects().filter((p) => (project ? p.id === project : !p.archived))
  const cut = useSync().state === 'offline'
  const answer = useServer<Stats>(cut ? null : ['stats', ws, project ?? '', zone], () =>
    ok(
      api.GET('/workspaces/{ws}/stats', {
        params: { path: { ws }, query: { days: span, tz: zone, ...(project ? { project: [project] } : {}) } },
      }),
    ),
  )
  const { mutate } = answer
  useFollowed(() => void mutate())
  const offline = cut || answer.error instanceof Offline
  const ids = projects.map((p) => p.id)
  const tasks = useTasks({ filter: offline ? { field: 'project', op: 'in', value: ids } : { any: [] } })
  if (offline)
    return { stats: countHere(tasks, projects, zone, now), local: true, error: undefined, retry: () => undefined }
  return {
    stats: answer.data,
    local: false,
    error: answer.data ? undefined : answer.error,
    retry: () => void mutate(),
  }
}

/** Calls some time after tasks have changed, not more often than every few seconds, and not while nobody looks. */
function useFollowed(tell: () => void) {
  const { memory } = useStore()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = Date.now()
    const ask = () => {
      timer = undefined
      last = Date.now()
      if (document.visibilityState === 'visible') tell()
    }
    const changed = () => {
      timer ??= setTimeout(ask, Math.max(1000, last + often - Date.now()))
    }
    const end = memory.topics.subscribe('task', changed)
    return () => {
      end()
      clearTimeout(timer)
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [memory])
}
