import { Trans, useLingui } from '@lingui/react/macro'
import { useRef, useState } from 'react'

import { MarkdownEditor, useDraft, type EditorHandle } from '../../../markdown'
import { useActions, useMe, type Comment, type Task } from '../../../store'
import { Button } from '../../../ui/Button'
import { Kbd } from '../../../ui/Kbd'
import { announce } from '../../../ui/LiveRegion'
import { useUpload } from '../files/useUpload'
import { useCompletions, useSurroundings } from '../useSurroundings'

interface CommentEditorProps {
  comment: Comment
  task: Task
  onClose: () => void
}

/** One's own comment, written anew. What is typed is kept until it is saved or thrown away. */
export function CommentEditor({ comment, task, onClose }: CommentEditorProps) {
  const { t } = useLingui()
  const act = useActions()
  const draft = useDraft(`${useMe().id}.${comment.id}.body`, comment.body)
  const around = useSurroundings(task)
  const completions = useCompletions()
  const upload = useUpload(task)
  const editor = useRef<EditorHandle>(null)
  const [sending, setSending] = useState(0)
  const save = (body: string) => {
    if (body.trim() === '') return
    if (body !== comment.body) act.updateComment(comment.id, body)
    draft.clear()
    announce(t`Comment saved`)
    onClose()
  }
  const discard = () => {
    draft.clear()
    onClose()
  }
  return (
    <div className="mt-1">
      <MarkdownEditor
        ref={editor}
        {...around}
        {...completions}
        value={draft.text}
        onChange={draft.change}
        onSave={save}
        onLeave={onClose}
        onSending={setSending}
        label={t`Comment`}
        autoFocus
        upload={upload}
      >
        <span className="grow" />
        <Button kind="ghost" onClick={discard}>
          <Trans>Cancel</Trans>
        </Button>
        <Button
          kind="primary"
          busy={sending > 0}
          disabled={draft.text.trim() === ''}
          onClick={() => editor.current?.save()}
        >
          <Trans>Save</Trans>
          <Kbd keys="mod+enter" quiet className="ms-1 opacity-80 max-phone:hidden" />
        </Button>
      </MarkdownEditor>
    </div>
  )
}
