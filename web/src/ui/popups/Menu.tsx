import { Menu as Base } from '@base-ui/react/menu'
import { useEffect, useRef } from 'react'

import type { MenuProps } from '../Menu'
import { surface } from './floating'
import { MenuItems } from './MenuItems'

export const menuLook = `${surface} max-h-(--available-height) max-w-80 min-w-48 overflow-y-auto py-1`

export function Menu({ trigger, items, align = 'start', side = 'bottom', open, onOpenChange }: MenuProps) {
  const popup = useRef<HTMLDivElement>(null)
  useFirstItem(popup)
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
          <Base.Popup ref={popup} className={menuLook}>
            <MenuItems items={typeof items === 'function' ? items() : items} popup={menuLook} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** A menu that is there open, having been fetched for it, has missed the key that opened it: it starts on its first line. */
export function useFirstItem(popup: React.RefObject<HTMLElement | null>, byKey = true) {
  useEffect(() => {
    if (!byKey) return
    const frame = requestAnimationFrame(() => popup.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus())
    return () => cancelAnimationFrame(frame)
  }, [popup, byKey])
}
