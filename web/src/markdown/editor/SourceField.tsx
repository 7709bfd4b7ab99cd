import { useId, type ClipboardEvent, type DragEvent, type RefObject } from 'react'
import { CompletionList, optionId } from './CompletionList'
import { noteComposing } from './composing'
import type { Completion } from './useCompletion'
import { useGrowing } from './useGrowing'
import type { FieldKeys } from './useKeys'

interface SourceFieldProps {
  id: string
  label: string
  placeholder: string | undefined
  autoFocus: boolean
  readOnly: boolean
  value: string
  describedBy: string
  field: RefObject<HTMLTextAreaElement | null>
  typed: () => void
  completion: Completion
  keys: FieldKeys
  attach: ((files: File[]) => void) | undefined
}

/** The field the source is written in, with the list of what can be completed. */
export function SourceField(props: SourceFieldProps) {
  const { field, typed, completion, keys, attach } = props
  const listId = useId()
  useGrowing(field, props.value)

  const takeFiles = (event: ClipboardEvent | DragEvent, data: DataTransfer): boolean => {
    const files = [...data.files]
    // A copied table or page brings a picture of itself along; its words are meant.
    if (!attach || files.length === 0 || data.types.includes('text/plain')) return false
    event.preventDefault()
    attach(files)
    return true
  }

  return (
    <div className="relative min-w-0">
      <textarea
        ref={field}
        id={props.id}
        defaultValue={props.value}
        dir="auto"
        rows={3}
        spellCheck
        autoCapitalize="sentences"
        autoFocus={props.autoFocus}
        readOnly={props.readOnly}
        placeholder={props.placeholder}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={completion.open ? listId : undefined}
        aria-activedescendant={completion.open ? optionId(listId, completion.open.active) : undefined}
        className="block field-sizing-content max-h-[60vh] min-h-24 w-full resize-none overflow-y-auto bg-transparent px-3 py-2 text-base/6 wrap-anywhere text-ink outline-none"
        onInput={() => {
          typed()
          completion.look()
        }}
        onSelect={completion.look}
        onBlur={completion.close}
        onScroll={completion.close}
        onKeyDown={keys.press}
        onPaste={(event) => takeFiles(event, event.clipboardData) || keys.paste(event)}
        onDragOver={(event) => attach && event.dataTransfer.types.includes('Files') && event.preventDefault()}
        onDrop={(event) => takeFiles(event, event.dataTransfer)}
        onCompositionStart={(event) => noteComposing(event.currentTarget, true)}
        onCompositionEnd={(event) => noteComposing(event.currentTarget, false)}
      />
      <CompletionList id={listId} completion={completion} />
    </div>
  )
}
