import { ContextMenu as BaseContext } from '@base-ui/react/context-menu'
import { Menu as Base } from '@base-ui/react/menu'
import { useState, type KeyboardEvent, type MouseEvent, type ReactElement, type ReactNode } from 'react'

import { surface } from './floating'
import { MenuItems, type MenuEntry } from './MenuItems'

export type { MenuAction, MenuEntry } from './MenuItems'

interface MenuProps {
  /** A button; it gets what opens the menu. */
  trigger: ReactElement
  items: readonly MenuEntry[] | (() => readonly MenuEntry[])
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

const popup = `${surface} min-w-48 max-w-80 max-h-(--available-height) overflow-y-auto py-1`

/** Actions behind a button. Every action with a key shows it at its end. */
export function Menu({ trigger, items, align = 'start', side = 'bottom', open, onOpenChange }: MenuProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-floating outline-none"
        >
          <Base.Popup className={popup}>
            <MenuItems items={typeof items === 'function' ? items() : items} popup={popup} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

interface ContextMenuProps {
  /** The actions on what was pressed; asked when it opens. None of them: the browser's own menu. */
  items: (target: Element) => readonly MenuEntry[]
  children: ReactNode
  className?: string
}

/** The same actions by right click, a long press, Shift+F10 or the menu key. One of it serves a whole list. */
export function ContextMenu({ items, children, className }: ContextMenuProps) {
  const [entries, setEntries] = useState<readonly MenuEntry[]>([])
  function ask(event: MouseEvent) {
    const found = event.target instanceof Element ? items(event.target) : []
    if (found.length === 0) event.stopPropagation()
    setEntries(found)
  }
  return (
    <BaseContext.Root>
      <BaseContext.Trigger className={className} onContextMenuCapture={ask} onKeyDown={openByKey}>
        {children}
      </BaseContext.Trigger>
      <BaseContext.Portal>
        <BaseContext.Positioner collisionPadding={8} className="z-floating outline-none">
          <BaseContext.Popup className={popup}>
            <MenuItems items={entries} popup={popup} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  )
}

/** Where the system does not turn Shift+F10 into a context menu by itself, and below the focus where it does. */
function openByKey(event: KeyboardEvent) {
  if (!(event.target instanceof Element) || !((event.key === 'F10' && event.shiftKey) || event.key === 'ContextMenu'))
    return
  event.preventDefault()
  const box = event.target.getBoundingClientRect()
  event.target.dispatchEvent(
    new globalThis.MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      clientX: box.x + 16,
      clientY: box.bottom - 4,
    }),
  )
}
