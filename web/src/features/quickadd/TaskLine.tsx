import { useLingui } from '@lingui/react/macro'
import { useId, useState, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react'

import { completionAt, type Chip } from '../../quickadd'
import type { Project } from '../../store'
import { LineField } from './LineField'
import { linesIn } from './line'
import { SuggestionList } from './SuggestionList'
import { useSuggestions, type Suggestion } from './useSuggestions'

interface TaskLineProps {
  line: string
  chips: readonly Chip[]
  refused: ReadonlySet<string>
  targets: readonly Project[]
  project: Project | undefined
  field: RefObject<HTMLInputElement | null>
  onChange: (line: string) => void
  onRefuse: (chip: Chip) => void
  onSeveral: (lines: readonly string[]) => void
  onEnter: (stay: boolean) => void
  /** Tab goes on to the description. */
  onFurther: () => void
}

/** The line in which a task is written, and what its words may go on to. */
export function TaskLine(p: TaskLineProps) {
  const { line, chips, field } = p
  const { t } = useLingui()
  const id = useId()
  const [caret, setCaret] = useState(line.length)
  const [wanted, setWanted] = useState(0)
  const [closed, setClosed] = useState<number>()
  const completion = completionAt(line.slice(0, caret), caret)
  const items = useSuggestions(completion, p.targets, p.project)
  const said = completion && line.slice(completion.from, caret)
  // What is named in full, or is to be text, goes on to nothing.
  const settled = said !== undefined && (p.refused.has(said) || items.some((i) => !i.make && i.word === said))
  const open = completion !== undefined && items.length > 0 && !settled && closed !== completion.from
  const at = Math.min(wanted, items.length - 1)

  function change(next: string, to: number) {
    p.onChange(next)
    setCaret(to)
    setWanted(0)
    if (closed !== undefined && !next.slice(closed).length) setClosed(undefined)
  }
  function pick(item: Suggestion | undefined) {
    if (!item || !completion) return
    item.make?.()
    const head = line.slice(0, completion.from) + item.word + ' '
    change(head + line.slice(caret).trimStart(), head.length)
    // Once React has written the line, the caret stands behind what was picked.
    requestAnimationFrame(() => field.current?.setSelectionRange(head.length, head.length))
  }
  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const lines = linesIn(event.clipboardData.getData('text/plain'))
    if (lines.length < 2) return
    event.preventDefault()
    p.onSeveral(lines)
  }
  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const { selectionStart, selectionEnd } = event.currentTarget
    const stay = event.shiftKey || event.ctrlKey || event.metaKey
    const behind = selectionStart === selectionEnd ? chips.find((c) => c.to === selectionStart) : undefined
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp'))
      setWanted((at + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length)
    else if (open && !stay && (event.key === 'Enter' || event.key === 'Tab')) pick(items[at])
    else if (open && event.key === 'Escape') {
      event.stopPropagation()
      setClosed(completion.from)
    } else if (event.key === 'Enter') p.onEnter(stay)
    else if (event.key === 'Tab' && !event.shiftKey) p.onFurther()
    else if (event.key === 'Backspace' && behind && !stay && !event.altKey) p.onRefuse(behind)
    else return
    event.preventDefault()
  }
  return (
    <div className="relative">
      <LineField
        field={field}
        value={line}
        chips={chips}
        autoFocus
        role="combobox"
        aria-label={t`Title of the new task`}
        aria-expanded={open}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={open ? `${id}-${at}` : undefined}
        placeholder={t`Send report tomorrow 5pm #finance @ada`}
        enterKeyHint="done"
        maxLength={1000}
        onChange={(e) => change(e.target.value, e.target.selectionStart ?? e.target.value.length)}
        onSelect={(e) => setCaret(e.currentTarget.selectionStart ?? 0)}
        onPaste={paste}
        onKeyDown={press}
      />
      {open && <SuggestionList id={id} items={items} at={at} onPoint={setWanted} onPick={pick} />}
    </div>
  )
}
