import { useLingui } from '@lingui/react/macro'

import { Problem } from '../../../api/problem'
import type { MarkdownEditorProps } from '../../../markdown'
import { newID, useCan, useWorkspace, type Task } from '../../../store'
import { toast } from '../../../ui/Toast'
import { sendFile } from './send'

/** Sends the files that are put into a text of the task; nothing where that is not allowed, or not saved yet. */
export function useUpload(task: Task): MarkdownEditorProps['upload'] {
  const { t } = useLingui()
  const ws = useWorkspace().id
  const can = useCan(task.project)
  if (!can.attach || task.version === 0) return undefined
  return async (file, onProgress, signal) => {
    try {
      return await sendFile({ ws, task: task.id, id: newID(), file, onProgress, signal })
    } catch (e) {
      if (e instanceof Problem) toast({ text: t`${file.name}: ${e.detail}` })
      throw e
    }
  }
}
