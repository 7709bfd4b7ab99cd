import useSWR from 'swr'

import { api, ok, unhurried } from '../../api/client'
import { keepsake, useKept } from '../../api/keepsake'
import { Problem } from '../../api/problem'
import type { components } from '../../api/schema'
import { useSending } from '../../fields/refusals'
import { useWorkspace } from '../../store'

export type Import = components['schemas']['Import']
export type Report = components['schemas']['Report']
export type Checklists = 'markdown' | 'subtasks'

interface Kept {
  id: string
  file: string
  checklists: Checklists
}

/** The import that was begun last, by workspace: it is found again after leaving the screen and after a reload. */
const begun = keepsake<Readonly<Record<string, Kept>>>('imports', {})

/** The files that were looked at and not imported yet, by workspace; a reload forgets them. */
const files = new Map<string, File>()

/** What the server takes, in bytes. */
export const largest = 100 * 2 ** 20

const often = 600 // milliseconds between two looks at what is going on

const going = (i: Import | undefined) => i?.state === 'running' || i?.state === 'undoing'

export function useImport() {
  const { id: ws } = useWorkspace()
  const kept: Kept | undefined = useKept(begun)[ws]
  const { busy, refused, send, forgive } = useSending()
  const path = { ws, import: kept?.id ?? '' }
  const answer = useSWR<Import, unknown>(
    kept ? ['import', ws, kept.id] : null,
    () => ok(api.GET('/workspaces/{ws}/imports/{import}', { params: { path } })),
    { refreshInterval: (now) => (going(now) ? often : 0), keepPreviousData: false },
  )
  const lost = answer.error instanceof Problem && answer.error.status === 404

  function keep(next: Kept | undefined) {
    const { [ws]: _, ...rest } = begun.get()
    begun.set(next ? { ...rest, [ws]: next } : rest)
  }

  /** Sends the file: to find out what would become of it, or in earnest. */
  function start(file: File, dryRun: boolean, checklists: Checklists = 'markdown') {
    return send(async () => {
      const form = new FormData()
      form.set('source', 'trello')
      form.set('dry_run', String(dryRun))
      form.set('checklists', checklists)
      form.set('file', file)
      const now = await ok(
        api.POST('/workspaces/{ws}/imports', { params: { path: { ws } }, body: form as never, fetch: unhurried }),
      )
      if (dryRun) files.set(ws, file)
      else files.delete(ws)
      keep({ id: now.id, file: file.name, checklists })
    })
  }
  const undo = () =>
    send(async () => {
      const now = await ok(api.POST('/workspaces/{ws}/imports/{import}/undo', { params: { path } }))
      await answer.mutate(now, { revalidate: false })
    })
  function forget() {
    files.delete(ws)
    forgive()
    keep(undefined)
  }
  return {
    kept: lost ? undefined : kept,
    now: lost ? undefined : answer.data,
    /** The file that was looked at, as long as this tab has it. */
    file: files.get(ws),
    failure: lost ? undefined : answer.error,
    retry: () => void answer.mutate(),
    busy,
    refused,
    start,
    undo,
    forget,
  }
}
