import type { ReactNode, Ref } from 'react'
import type { Surroundings } from '../types'
import type { Sources } from './completion'
import type { Upload } from './useUploads'

export interface EditorHandle {
  focus: () => void
  /** What the keys for saving do: refuses while files are on their way. */
  save: () => void
}

export interface MarkdownEditorProps extends Omit<Surroundings, 'onTick'> {
  ref?: Ref<EditorHandle>
  /** The text; while one types, another one from outside is not taken before it is saved or the field is left. */
  value: string
  onChange: (text: string) => void
  /** Called on Mod+Enter with the text to save. */
  onSave?: (text: string) => void
  /** Called on Escape. What was typed is to be kept as a draft. */
  onLeave?: () => void
  /** The name of the field for who cannot see it. */
  label: string
  placeholder?: string
  autoFocus?: boolean
  readOnly?: boolean
  /** Sends a file and tells how far it is, from 0 to 1; without it files are not taken. */
  upload?: Upload
  /** How many files are on their way now: nothing should be saved before it is 0. */
  onSending?: (count: number) => void
  completeMembers?: Sources['members']
  completeTasks?: Sources['tasks']
  /** What stands below the field: its buttons. */
  children?: ReactNode
}
