import { useState, type ReactNode, type RefObject } from 'react'

import { MarkdownEditor, type EditorHandle, type MarkdownEditorProps } from '../../markdown'
import type { Task } from '../../store'
import { useCommands } from '../../ui/commands'
import { useUpload } from './files/useUpload'
import { useCompletions, useSurroundings } from './useSurroundings'

type Own = 'value' | 'onChange' | 'onSave' | 'onLeave' | 'label' | 'placeholder' | 'autoFocus'

interface TaskEditorProps extends Pick<MarkdownEditorProps, Own> {
  task: Task
  editorRef: RefObject<EditorHandle | null>
  /** The buttons below; they get whether files are on their way. */
  children: (busy: boolean) => ReactNode
}

/** The editor for the texts of a task: knows whom and what one can name, and attaches files. */
export function TaskEditor({ task, editorRef, children, ...text }: TaskEditorProps) {
  const around = useSurroundings(task)
  const completions = useCompletions()
  const upload = useUpload(task)
  const [ready, setReady] = useState(false)
  const [sending, setSending] = useState(0)
  const hold = (editor: EditorHandle | null) => {
    editorRef.current = editor
    setReady(editor !== null)
  }
  return (
    <>
      {text.autoFocus && !ready && <HeldKeys />}
      <MarkdownEditor {...around} {...completions} {...text} ref={hold} upload={upload} onSending={setSending}>
        {children(sending > 0)}
      </MarkdownEditor>
    </>
  )
}

/** Until the editor has been fetched, what one begins to type must not be taken for commands. */
function HeldKeys() {
  useCommands([], { alone: true })
  return null
}
