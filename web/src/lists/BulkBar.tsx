import { Plural, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'

import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Menu, type MenuEntry } from '../ui/Menu'

interface BulkBarProps {
  count: number
  menu: readonly MenuEntry[]
  onClear: () => void
  label: string
}

/** What can be done with all that is selected, floating over the end of the list. */
export function BulkBar({ count, menu, onClear, label }: BulkBarProps) {
  const { t } = useLingui()
  return (
    <div
      role="toolbar"
      aria-label={label}
      className="motion-rise bg-floating shadow-floating z-floating pointer-events-auto absolute inset-x-0 bottom-4 mx-auto flex w-fit items-center gap-2 rounded-lg py-1.5 ps-4 pe-1.5"
    >
      <span className="font-medium tabular-nums" aria-live="polite">
        <Plural value={count} one="# task selected" other="# tasks selected" />
      </span>
      <Menu side="top" align="end" items={menu} trigger={<Button>{t`Change`}</Button>} />
      <IconButton icon={X} name={t`Clear the selection`} command="list.clear" onClick={onClear} />
    </div>
  )
}
