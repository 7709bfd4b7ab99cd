import { useLingui } from '@lingui/react/macro'
import { useId, useState, type KeyboardEvent } from 'react'
import { Plus } from 'lucide-react'

import { Icon } from '../Icon'
import type { PickerItem, PickerListProps } from '../Picker'
import { matching } from './matching'
import { createId, PickerOptions } from './PickerOptions'

/** A field and the list it searches; the focus stays in the field. Stands in a popover, a sheet or a dialog. */
export function PickerList(props: PickerListProps) {
  const {
    name,
    items,
    value,
    multi,
    onChange,
    onCreate,
    createName,
    empty,
    onDone,
    search = true,
    onSearch,
    placeholder = name,
  } = props
  const { t } = useLingui()
  const listId = useId()
  const [text, setText] = useState('')
  const [wanted, setWanted] = useState<string | undefined>(value[0])
  const found: PickerItem[] = onSearch ? [...items] : matching(items, text)
  const word = text.trim()
  if (onCreate && word && !items.some((i) => i.name.toLocaleLowerCase() === word.toLocaleLowerCase()))
    found.push({
      id: createId,
      name: createName?.(word) ?? t`Create “${word}”`,
      icon: <Icon of={Plus} className="text-icon" />,
    })
  const at = Math.max(
    0,
    found.findIndex((i) => i.id === wanted),
  )
  const current = found[at]

  function type(next: string) {
    setText(next)
    setWanted(undefined)
    onSearch?.(next)
  }
  function pick(item: PickerItem | undefined) {
    if (!item || item.disabled) return
    setWanted(item.id)
    if (item.id === createId) {
      onCreate?.(word)
      type('')
    } else if (multi) {
      onChange(value.includes(item.id) ? value.filter((v) => v !== item.id) : [...value, item.id])
    } else onChange([item.id])
    if (!multi) onDone?.()
  }
  function move(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const last = found.length - 1
    const steps: Record<string, number> = {
      ArrowDown: at < last ? at + 1 : 0,
      ArrowUp: at > 0 ? at - 1 : last,
      PageDown: Math.min(last, at + 8),
      PageUp: Math.max(0, at - 8),
      ...(event.ctrlKey || event.metaKey ? { Home: 0, End: last } : {}),
    }
    const step = steps[event.key]
    if (step !== undefined) setWanted(found[step]?.id)
    else if (event.key === 'Enter') pick(current)
    else return
    event.preventDefault()
  }
  return (
    <div className="flex min-h-0 flex-col">
      <input
        role="combobox"
        aria-label={name}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={current ? `${listId}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        readOnly={!search}
        inputMode={search ? undefined : 'none'}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={move}
        className={search ? 'border-line h-9 w-full shrink-0 border-b bg-transparent px-3 outline-none' : 'sr-only'}
      />
      <PickerOptions
        id={listId}
        name={name}
        items={found}
        at={at}
        value={value}
        multi={multi}
        onPoint={(i) => setWanted(i.id)}
        onPick={pick}
      />
      {found.length === 0 && (
        <div role="status" className="text-muted px-3 pt-2 pb-3">
          {empty ?? t`Nothing found`}
        </div>
      )}
    </div>
  )
}
