import { Trans, useLingui } from '@lingui/react/macro'
import { useRef } from 'react'

import type { DraftInHand, EditorHandle } from '../../../markdown'
import type { Task } from '../../../store'
import { Button } from '../../../ui/Button'
import { DraftWords, SaveButton } from '../EditorParts'
import { OthersLine } from '../OthersLine'
import { TaskEditor } from '../TaskEditor'

interface DescriptionEditorProps {
  task: Task
  draft: DraftInHand
  focus: boolean
  onChange: (text: string) => void
  onSave: (text: string) => void
  onLeave: () => void
  onDiscard: () => void
}

export function DescriptionEditor({
  task,
  draft,
  focus,
  onChange,
  onSave,
  onLeave,
  onDiscard,
}: DescriptionEditorProps) {
  const { t } = useLingui()
  const editor = useRef<EditorHandle>(null)
  return (
    <section aria-label={t`Description`}>
      <TaskEditor
        task={task}
        editorRef={editor}
        value={draft.text}
        onChange={onChange}
        onSave={onSave}
        onLeave={onLeave}
        label={t`Description`}
        placeholder={t`Add a description. Files can be dropped here.`}
        autoFocus={focus}
      >
        {(busy) => (
          <>
            <DraftWords draft={draft} />
            <Button kind="ghost" onClick={onDiscard}>
              {draft.dirty ? <Trans>Throw away</Trans> : <Trans>Cancel</Trans>}
            </Button>
            <SaveButton name={t`Save`} busy={busy} onSave={() => editor.current?.save()} />
          </>
        )}
      </TaskEditor>
      {draft.conflict && <OthersLine task={task} field="description" onTake={onDiscard} />}
    </section>
  )
}
