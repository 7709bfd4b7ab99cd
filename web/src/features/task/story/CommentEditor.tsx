import { Trans, useLingui } from '@lingui/react/macro'
import { useRef } from 'react'

import { useDraft, type EditorHandle } from '../../../markdown'
import { useActions, useMe, type Comment, type Task } from '../../../store'
import { Button } from '../../../ui/Button'
import { announce } from '../../../ui/LiveRegion'
import { DraftWords, SaveButton } from '../EditorParts'
import { TaskEditor } from '../TaskEditor'

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
  const editor = useRef<EditorHandle>(null)
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
      <TaskEditor
        task={task}
        editorRef={editor}
        value={draft.text}
        onChange={draft.change}
        onSave={save}
        onLeave={onClose}
        label={t`Comment`}
        autoFocus
      >
        {(busy) => (
          <>
            <DraftWords draft={draft} />
            <Button kind="ghost" onClick={discard}>
              <Trans>Cancel</Trans>
            </Button>
            <SaveButton
              name={t`Save`}
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
