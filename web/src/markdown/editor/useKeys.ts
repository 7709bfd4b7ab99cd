import { useEffect, useRef, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react'
import { applyEdit, docOf } from './apply'
import { pasteOver } from './edits'
import { commandOf, commands, holdsMod, type CommandId } from './keys'
import { continueLine, indentLines } from './lines'
import type { Completion } from './useCompletion'

interface Wanted {
  completion: Completion
  save: () => void
  leave: (() => void) | undefined
}

export interface FieldKeys {
  run: (id: CommandId) => void
  press: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  paste: (event: ClipboardEvent<HTMLTextAreaElement>) => void
}

/** What the keys do in the field. After Escape the Tab key leaves the field wherever the caret is. */
export function useKeys(field: RefObject<HTMLTextAreaElement | null>, wanted: Wanted): FieldKeys {
  const tabLeaves = useRef(false)
  const plainEnter = useRef(false)

  // Enter is told by what it is about to do: the keyboards of phones do not say which key it was.
  useEffect(() => {
    const area = field.current
    const goOn = (event: InputEvent) => {
      const breaks = event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph'
      if (!area || !breaks || event.isComposing || plainEnter.current || area.readOnly) return
      const edit = continueLine(docOf(area))
      if (!edit) return
      event.preventDefault()
      applyEdit(area, edit)
    }
    area?.addEventListener('beforeinput', goOn)
    return () => area?.removeEventListener('beforeinput', goOn)
  }, [field])

  const run = (id: CommandId) => {
    const area = field.current
    if (area && !area.readOnly) applyEdit(area, commands[id].run(docOf(area)))
  }

  const indent = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const area = event.currentTarget
    const edit = tabLeaves.current || area.readOnly ? undefined : indentLines(docOf(area), event.shiftKey)
    if (!edit) return
    event.preventDefault()
    applyEdit(area, edit)
  }

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    plainEnter.current = event.shiftKey
    const held = event.ctrlKey || event.metaKey || event.altKey
    if (!held && !event.shiftKey && wanted.completion.press(event.key)) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const command = commandOf(event)
    if (command) {
      event.preventDefault()
      event.stopPropagation()
      run(command)
    } else if (event.key === 'Enter' && holdsMod(event)) {
      event.preventDefault()
      event.stopPropagation()
      wanted.save()
    } else if (event.key === 'Escape') {
      tabLeaves.current = true
      if (!wanted.leave) return
      event.preventDefault()
      event.stopPropagation()
      wanted.leave()
    } else if (event.key === 'Tab' && !held) indent(event)
    else if (event.key !== 'Shift') tabLeaves.current = false
  }

  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const area = event.currentTarget
    const edit = pasteOver(docOf(area), event.clipboardData.getData('text/plain'))
    if (!edit || area.readOnly) return
    event.preventDefault()
    applyEdit(area, edit)
  }

  return { run, press, paste }
}
