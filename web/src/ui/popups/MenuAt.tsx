import { Menu as Base } from '@base-ui/react/menu'
import { useRef } from 'react'

import type { MenuEntry } from '../Menu'
import { menuLook, useFirstItem } from './Menu'
import { MenuItems } from './MenuItems'

export interface Spot {
  x: number
  y: number
  entries: readonly MenuEntry[]
  /** Where the focus goes back to. */
  from: HTMLElement | null
  byKey: boolean
  /** Another for each time a menu is asked for. */
  turn: number
}

/** A menu at a point of the page. */
export function MenuAt({
  spot,
  open,
  onOpenChange,
}: {
  spot: Spot
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const popup = useRef<HTMLDivElement>(null)
  const { x, y } = spot
  useFirstItem(popup, spot.byKey)
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Base.Portal>
        <Base.Positioner
          anchor={{ getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }}
          align="start"
          side="bottom"
          sideOffset={2}
          collisionPadding={8}
          className="z-floating outline-none"
        >
          <Base.Popup ref={popup} finalFocus={() => spot.from ?? true} className={menuLook}>
            <MenuItems items={spot.entries} popup={menuLook} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
