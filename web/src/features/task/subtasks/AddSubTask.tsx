import { useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react'

import { useDraft } from '../../../markdown'
import { useActions, useMe, type Task } from '../../../store'
import { Icon } from '../../../ui/Icon'
import { announce } from '../../../ui/LiveRegion'
import { focusPanel } from '../Title'

/** A field for one sub-task after another: Enter adds, Escape ends it and keeps what was typed for the next time. */
export function AddSubTask({ parent, onClose }: { parent: Task; onClose: () => void }) {
  const { t } = useLingui()
  const act = useActions()
  const draft = useDraft(`${useMe().id}.${parent.id}.sub-task`, '')
  const field = useRef<HTMLInputElement>(null)
  const create = (title: string) => {
    act.createTask({ project: parent.project, parent: parent.id, title, place: 'last' })
    announce(t`Sub-task added: ${title}`)
  }
  const add = () => {
    const title = draft.text.trim()
    if (title === '') return
    create(title)
    draft.clear()
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      add()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      focusPanel(field.current)
      onClose()
    }
  }
  // A list that is pasted becomes a sub-task a line.
  const paste = (event: ClipboardEvent) => {
    const lines = event.clipboardData
      .getData('text/plain')
      .split(/[\r\n]+/)
      .map(bare)
      .filter(Boolean)
    if (lines.length < 2 || draft.text !== '') return
    event.preventDefault()
    lines.slice(0, 100).forEach(create)
  }
  return (
    <div className="-mx-2 flex h-row items-center gap-2 rounded-md px-2 pointer-coarse:h-row-touch">
      <Icon of={Plus} className="text-icon" />
      <input
        ref={field}
        autoFocus
        value={draft.text}
        maxLength={1000}
        aria-label={t`Title of the new sub-task`}
        placeholder={t`What is to be done`}
        enterKeyHint="enter"
        onChange={(e) => draft.change(e.target.value)}
        onKeyDown={press}
        onPaste={paste}
        onBlur={() => draft.text.trim() === '' && onClose()}
        className="h-7 min-w-0 grow rounded-sm bg-transparent outline-none"
      />
    </div>
  )
}

/** A line without its bullet, number or box. */
function bare(line: string): string {
  return line
    .replace(/^\s*(?:[-*+•]|\d{1,3}[.)])?\s*(?:\[[ xX]\]\s*)?/, '')
    .trim()
    .slice(0, 1000)
}
