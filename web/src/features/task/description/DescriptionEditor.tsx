import { Trans, useLingui } from '@lingui/react/macro'
import { useRef, useState } from 'react'

import { MarkdownEditor, type DraftInHand, type EditorHandle } from '../../../markdown'
import type { Task } from '../../../store'
import { Button } from '../../../ui/Button'
import { Kbd } from '../../../ui/Kbd'
import { OthersLine } from '../OthersLine'
import { useUpload } from '../files/useUpload'
import { useCompletions, useSurroundings } from '../useSurroundings'

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
  const around = useSurroundings(task)
  const completions = useCompletions()
  const upload = useUpload(task)
  const [sending, setSending] = useState(0)
  return (
    <section aria-label={t`Description`}>
      <MarkdownEditor
        ref={editor}
        {...around}
        {...completions}
        value={draft.text}
        onChange={onChange}
        onSave={onSave}
        onLeave={onLeave}
        onSending={setSending}
        label={t`Description`}
        placeholder={t`Add a description. Files can be dropped here.`}
        autoFocus={focus}
        upload={upload}
      >
        <span className="text-muted min-w-0 grow truncate text-xs">
          {!draft.kept ? (
            <Trans>This browser has no room to keep a draft.</Trans>
          ) : (
            draft.restored && <Trans>Restored from a draft</Trans>
          )}
        </span>
        <Button kind="ghost" onClick={onDiscard}>
          {draft.dirty ? <Trans>Throw away</Trans> : <Trans>Cancel</Trans>}
        </Button>
        <Button kind="primary" busy={sending > 0} onClick={() => editor.current?.save()}>
          <Trans>Save</Trans>
          <Kbd keys="mod+enter" quiet className="ms-1 opacity-80 max-phone:hidden" />
        </Button>
      </MarkdownEditor>
      {draft.conflict && <OthersLine task={task} field="description" onTake={onDiscard} />}
    </section>
  )
}
