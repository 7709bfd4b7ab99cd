import { Trans, useLingui } from '@lingui/react/macro'
import { MessageSquare } from 'lucide-react'
import { useRef, useState } from 'react'

import { useDraft, type EditorHandle } from '../../../markdown'
import { useActions, useMe, type Task } from '../../../store'
import { Avatar } from '../../../ui/Avatar'
import { useCommands } from '../../../ui/commands'
import { Kbd } from '../../../ui/Kbd'
import { announce } from '../../../ui/LiveRegion'
import { DraftWords, SaveButton } from '../EditorParts'
import { TaskEditor } from '../TaskEditor'

/** Where something is said: a line until one writes. */
export function CommentField({ task }: { task: Task }) {
  const { t } = useLingui()
  const me = useMe()
  const act = useActions()
  const draft = useDraft(`${me.id}.${task.id}.comment`, '')
  const editor = useRef<EditorHandle>(null)
  const [opened, setOpened] = useState(false)
  const open = opened || draft.dirty
  const write = () => {
    setOpened(true)
    editor.current?.focus()
  }
  useCommands([{ id: 'task.comment', name: t`Comment`, group: t`Task`, keys: 'm', icon: MessageSquare, run: write }])
  const send = (body: string) => {
    if (body.trim() === '') return
    act.createComment(task.id, body)
    draft.clear()
    announce(t`Comment added`)
  }
  if (!open)
    return (
      <button
        type="button"
        onClick={write}
        className="border-line text-muted hover:border-line-strong hover:text-ink mt-4 flex h-11 w-full items-center gap-2 rounded-lg border px-3 text-start"
      >
        <Avatar {...me} />
        <Trans>Write a comment</Trans>
        <span className="grow" />
        <Kbd keys="m" quiet className="max-phone:hidden" />
      </button>
    )
  return (
    <div className="mt-4">
      <TaskEditor
        task={task}
        editorRef={editor}
        value={draft.text}
        onChange={draft.change}
        onSave={send}
        onLeave={() => setOpened(false)}
        label={t`Comment`}
        placeholder={t`Write a comment. @ names somebody.`}
        autoFocus={opened}
      >
        {(busy) => (
          <>
            <DraftWords draft={draft} />
            <SaveButton
              name={t`Comment`}
              busy={busy}
              disabled={draft.text.trim() === ''}
              onSave={() => editor.current?.save()}
            />
          </>
        )}
      </TaskEditor>
    </div>
  )
}
