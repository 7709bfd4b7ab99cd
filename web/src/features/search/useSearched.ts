import { useEffect, useState } from 'react'
import useSWRInfinite from 'swr/infinite'

import { Offline } from '../../api/problem'
import { api, ok } from '../../api/client'
import type { components } from '../../api/schema'
import { useFind, useSync, useTasks, useWorkspace, useZone } from '../../store'
import { hitOf, localHit, type Hit } from './found'
import { filterOf, queryOf, type Narrowing } from './narrowing'

type Page = components['schemas']['Found']

const pause = 200 // milliseconds without a key before the server is asked
const at = 30 // hits of a page

export interface Searched {
  hits: readonly Hit[]
  /** Found here alone: the server was not asked, or has not answered yet. */
  local: boolean
  offline: boolean
  waiting: boolean
  complete: boolean
  more: boolean
  error: unknown
  showMore: () => void
  retry: () => void
}

/** Finds tasks and comments: at once what is here, then all that the server finds, in its order. */
export function useSearched(text: string, narrowing: Narrowing): Searched {
  const { id: ws } = useWorkspace()
  const zone = useZone()
  const q = text.trim()
  const asked = useSettled(q)
  const offline = useSync().state === 'offline'
  const query = queryOf(narrowing)
  const answer = useSWRInfinite<Page, unknown>(
    (index: number, before: Page | null) => {
      if (asked === '' || offline || (index > 0 && !before?.next_cursor)) return null
      return ['search', ws, asked, JSON.stringify(query), before?.next_cursor ?? '']
    },
    ([, , words, , cursor]: string[]) =>
      ok(
        api.GET('/workspaces/{ws}/search', {
          params: {
            path: { ws },
            query: { q: words!, limit: at, tz: zone, ...query, ...(cursor ? { cursor } : {}) },
          },
          querySerializer: { array: { style: 'form', explode: false } },
        }),
      ),
    { shouldRetryOnError: false, revalidateFirstPage: false, revalidateOnFocus: false },
  )
  const local = useLocal(q, narrowing, offline || answer.error instanceof Offline)
  const here = asked === q ? answer.data : undefined
  return {
    hits: here ? here.flatMap((p) => p.items.map(hitOf)) : local,
    local: !here,
    offline: offline || answer.error instanceof Offline,
    waiting: q !== '' && !offline && here === undefined && answer.error === undefined,
    complete: here?.at(-1)?.complete ?? true,
    more: Boolean(here?.at(-1)?.next_cursor),
    error: here || answer.error instanceof Offline || asked !== q ? undefined : answer.error,
    showMore: () => void answer.setSize(answer.size + 1),
    retry: () => void answer.mutate(),
  }
}

/** What is found without the server: titles and keys at once; with the words of descriptions, if it can't be asked. */
function useLocal(q: string, narrowing: Narrowing, deep: boolean): readonly Hit[] {
  const narrow = filterOf(narrowing)
  const allowed = new Set(useTasks({ filter: q === '' ? { any: [] } : narrow }).map((t) => t.id))
  const quick = useFind(q, 30).filter((t) => allowed.has(t.id))
  const words = useTasks({
    filter: deep && q !== '' ? { all: [{ field: 'text', op: 'contains', value: q }, narrow] } : { any: [] },
    sort: '-updated',
  })
  if (q === '') return []
  const seen = new Set(quick.map((t) => t.id))
  return [...quick, ...words.filter((t) => !seen.has(t.id)).slice(0, 100)].map((t) => localHit(t, q))
}

/** The text as it was when the keys last rested. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
