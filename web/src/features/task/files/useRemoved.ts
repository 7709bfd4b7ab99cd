import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { api, ok } from '../../../api/client'
import { Problem } from '../../../api/problem'
import { useWorkspace, type Attachment, type ID, type Task } from '../../../store'
import { toast } from '../../../ui/Toast'

/** Puts files into the trash, shown at once, with a way back. */
export function useRemoved(task: Task): { gone: ReadonlySet<ID>; remove: (file: Attachment) => void } {
  const { t } = useLingui()
  const ws = useWorkspace().id
  const [gone, setGone] = useState<ReadonlySet<ID>>(new Set())
  const hide = (id: ID) => setGone((now) => new Set([...now, id]))
  const show = (id: ID) => setGone((now) => new Set([...now].filter((g) => g !== id)))
  const failed = (e: unknown) =>
    toast({
      text: e instanceof Problem ? e.detail : t`This needs the network. Try again when you are online.`,
      alarm: true,
    })

  const restore = async (file: Attachment, deleted: Promise<unknown>) => {
    const path = { ws, task: task.id, attachment: file.id }
    show(file.id)
    try {
      await deleted
      await ok(api.POST('/workspaces/{ws}/tasks/{task}/attachments/{attachment}/restore', { params: { path } }))
    } catch (e) {
      failed(e)
    }
  }
  const remove = (file: Attachment) => {
    const path = { ws, task: task.id, attachment: file.id }
    hide(file.id)
    const deleted = ok(api.DELETE('/workspaces/{ws}/tasks/{task}/attachments/{attachment}', { params: { path } }))
    deleted.catch((e: unknown) => {
      show(file.id)
      failed(e)
    })
    toast({ text: t`${file.name} moved to the trash`, undo: () => void restore(file, deleted) })
  }
  return { gone, remove }
}
