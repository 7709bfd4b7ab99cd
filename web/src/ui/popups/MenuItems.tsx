import { Menu as Base } from '@base-ui/react/menu'
import { Check, ChevronRight } from 'lucide-react'
import { isValidElement } from 'react'
import type { LucideIcon } from 'lucide-react'

import { classes } from '../classes'
import type { MenuAction, MenuEntry } from '../Menu'
import { runCommand, useKeysOf } from '../commands'
import { line } from './floating'
import { Icon } from '../Icon'
import { Kbd } from '../Kbd'
import { ariaKeys } from '../keys'

export function MenuItems({ items, popup }: { items: readonly MenuEntry[]; popup: string }) {
  return items.map((entry, place) => {
    if (entry === 'line') return <Base.Separator key={place} className="bg-line my-1 h-px" />
    if ('heading' in entry)
      return (
        <div key={place} className="text-muted px-3 pt-1.5 pb-1 text-xs font-medium">
          {entry.heading}
        </div>
      )
    return entry.items ? <Submenu key={place} entry={entry} popup={popup} /> : <Item key={place} entry={entry} />
  })
}

function Item({ entry }: { entry: MenuAction }) {
  const own = useKeysOf(entry.command)
  const keys = entry.keys ?? own
  const run = () => (entry.run ? entry.run() : entry.command && runCommand(entry.command))
  const shared = {
    disabled: entry.disabled,
    'aria-keyshortcuts': ariaKeys(keys),
    className: classes(line, entry.danger && 'text-danger-text data-highlighted:bg-danger-tint'),
  }
  const inner = (
    <>
      <EntryIcon entry={entry} />
      <span className="grow truncate">{entry.name}</span>
      {entry.checked && <Icon of={Check} size={14} className="text-accent-text ms-4" />}
      {keys && <Kbd keys={keys} quiet className="text-muted ms-6" />}
    </>
  )
  if (entry.checked !== undefined)
    return (
      <Base.CheckboxItem {...shared} checked={entry.checked} onCheckedChange={run} closeOnClick>
        {inner}
      </Base.CheckboxItem>
    )
  return (
    <Base.Item {...shared} onClick={run}>
      {inner}
    </Base.Item>
  )
}

function Submenu({ entry, popup }: { entry: MenuAction; popup: string }) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger disabled={entry.disabled} className={classes(line, 'data-popup-open:bg-hover')}>
        <EntryIcon entry={entry} />
        <span className="grow truncate">{entry.name}</span>
        <Icon of={ChevronRight} size={14} className="text-icon ms-4 rtl:-scale-x-100" />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner sideOffset={2} alignOffset={-4} collisionPadding={8} className="z-floating outline-none">
          <Base.Popup className={popup}>
            <MenuItems items={entry.items ?? []} popup={popup} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  )
}

function EntryIcon({ entry: { icon, danger } }: { entry: MenuAction }) {
  if (!icon) return null
  if (isValidElement(icon) || typeof icon === 'string') return icon
  return <Icon of={icon as LucideIcon} className={danger ? undefined : 'text-icon'} />
}
