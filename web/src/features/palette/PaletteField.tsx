import { useLingui } from '@lingui/react/macro'
import { Search, X } from 'lucide-react'
import type { KeyboardEvent, Ref } from 'react'

import { Icon } from '../../ui/Icon'
import { IconButton } from '../../ui/IconButton'

interface PaletteFieldProps {
  ref: Ref<HTMLInputElement>
  listId: string
  /** The id of the line that Enter chooses. */
  active: string | undefined
  text: string
  onText: (text: string) => void
  onKeyDown: (event: KeyboardEvent) => void
  onClose: () => void
}

/** Where one types; the focus stays here while the arrow keys move through the list. */
export function PaletteField({ ref, listId, active, text, onText, onKeyDown, onClose }: PaletteFieldProps) {
  const { t } = useLingui()
  const name = t`Search tasks, projects and commands`
  return (
    <div className="border-line flex h-12 shrink-0 items-center gap-3 border-b ps-4 pe-2">
      <Icon of={Search} className="text-icon" />
      <input
        ref={ref}
        autoFocus
        role="combobox"
        aria-label={name}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active}
        autoComplete="off"
        autoCapitalize="none"
        enterKeyHint="go"
        spellCheck={false}
        placeholder={t`Find or do anything`}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-full min-w-0 grow bg-transparent text-base outline-none"
      />
      <IconButton icon={X} name={t`Close`} keys="escape" onClick={onClose} className="phone:hidden" />
    </div>
  )
}
