import useSWR from 'swr'

import { api, ok } from '../../../api/client'
import type { components } from '../../../api/schema'
import { useSync, useWorkspace, type Task } from '../../../store'

type Written = components['schemas']['Activity']
export interface Line extends Omit<Written, 'before' | 'after'> {
  before?: Record<string, unknown>
  after?: Record<string, unknown>
}

const many = 50

/** What happened to a task, the last first, asked for anew whenever the task changes. */
export function useActivity(task: Task, pages = 1) {
  const ws = useWorkspace().id
  const { state } = useSync()
  const changed = `${task.version} ${task.comment_count} ${task.attachment_count}`
  const key = task.version > 0 && state !== 'offline' ? ['activity', ws, task.id, pages, changed] : null
  const { data, error, mutate, isLoading } = useSWR(key, () => read(ws, task.id, pages), {
    keepPreviousData: true,
    revalidateOnFocus: false,
  })
  return {
    lines: data?.lines ?? nothing,
    more: data?.more ?? false,
    failure: error as unknown,
    retry: () => void mutate(),
    loading: isLoading,
    offline: state === 'offline',
  }
}
const nothing: readonly Line[] = []

async function read(ws: string, task: string, pages: number): Promise<{ lines: readonly Line[]; more: boolean }> {
  const lines: Line[] = []
  let cursor: string | undefined
  for (let page = 0; page < pages; page++) {
    const params = { path: { ws, task }, query: { limit: many, ...(cursor ? { cursor } : {}) } }
    const { items, next_cursor } = await ok(api.GET('/workspaces/{ws}/tasks/{task}/activity', { params }))
    lines.push(...(items as Line[]))
    if (!next_cursor) return { lines, more: false }
    cursor = next_cursor
  }
  return { lines, more: true }
}
