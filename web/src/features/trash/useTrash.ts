import useSWRInfinite from 'swr/infinite'

import { api, ok } from '../../api/client'
import type { components } from '../../api/schema'
import { useActions, useWorkspace, type Attachment, type Project, type Task } from '../../store'

type Page = components['schemas']['TrashItemList']

interface Of<K extends string, T> {
  type: K
  id: string
  deleted_at: string
  data: T
}
/** A line of the trash. */
export type Thrown = Of<'task', Task> | Of<'project', Project> | Of<'attachment', Attachment>

/** What one could take out of the trash, page by page, the last first; and how it is taken out, or removed for good. */
export function useTrash() {
  const { id: ws } = useWorkspace()
  const act = useActions()
  const answer = useSWRInfinite<Page, unknown>(
    (index: number, before: Page | null) => {
      if (index > 0 && !before?.next_cursor) return null
      return ['trash', ws, before?.next_cursor ?? '']
    },
    ([, , cursor]: [string, string, string]) =>
      ok(
        api.GET('/workspaces/{ws}/trash', {
          params: { path: { ws }, query: { limit: 50, ...(cursor ? { cursor } : {}) } as never },
        }),
      ),
    { shouldRetryOnError: false, revalidateFirstPage: false, revalidateOnMount: true },
  )
  const { data, mutate, size, setSize } = answer
  const without = (id: string) => (pages: Page[] | undefined) =>
    (pages ?? []).map((p) => ({ ...p, items: p.items.filter((i) => i.id !== id) }))

  const strike = (item: Thrown) => mutate(without(item.id), { revalidate: false })
  return {
    items: data?.flatMap((p) => p.items as Thrown[]),
    error: answer.error,
    busy: answer.isValidating,
    more: data !== undefined && Boolean(data.at(-1)?.next_cursor),
    reload: () => void mutate(),
    showMore: () => void setSize(size + 1),
    /** A task or project is back at once, and sent as any change; a file is the server's to bring back. Gives what undoes it. */
    restore: async (item: Thrown): Promise<(() => void) | undefined> => {
      if (item.type === 'attachment') {
        await ok(
          api.POST('/workspaces/{ws}/tasks/{task}/attachments/{attachment}/restore', {
            params: { path: { ws, task: item.data.task, attachment: item.id } },
          }),
        )
        await strike(item)
        return undefined
      }
      const done = item.type === 'task' ? act.restoreTasks([item.id]) : act.restoreProject(item.id)
      done.saved.catch(() => void mutate())
      await strike(item)
      return () => {
        done.undo()
        void mutate((pages) => put(item, pages), { revalidate: false })
      }
    },
    purge: async (item: Thrown) => {
      await ok(
        api.DELETE('/workspaces/{ws}/trash/{type}/{id}', { params: { path: { ws, type: item.type, id: item.id } } }),
      )
      await strike(item)
    },
  }
}

/** The line on top again. */
function put(item: Thrown, pages: Page[] = []): Page[] {
  return pages.map((p, i) =>
    i === 0 ? { ...p, items: [item as Page['items'][number], ...p.items.filter((o) => o.id !== item.id)] } : p,
  )
}
