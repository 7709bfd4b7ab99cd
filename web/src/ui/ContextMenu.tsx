import {
  useRef,
  useState,
  type ComponentType,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
} from 'react'

import type { MenuEntry } from './Menu'
import type { Spot } from './popups/MenuAt'

export interface ContextMenuProps {
  /** The actions on what was pressed; asked when it opens. None of them: the browser's own menu. */
  items: (target: Element) => readonly MenuEntry[]
  children: ReactNode
  className?: string
}
type MenuAt = ComponentType<{ spot: Spot; open: boolean; onOpenChange: (open: boolean) => void }>

const longPress = 500
const tremble = 10

/** The same actions by right click, a long press, Shift+F10 or the menu key. One of it serves a whole list. */
export function ContextMenu({ items, children, className }: ContextMenuProps) {
  const [spot, setSpot] = useState<Spot>()
  const [open, setOpen] = useState(false)
  const [Part, setPart] = useState<MenuAt | null>(null)
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined)

  function show(target: EventTarget, x: number, y: number, byKey = false): boolean {
    const entries = target instanceof Element ? items(target) : []
    if (entries.length === 0) return false
    const from = document.activeElement instanceof HTMLElement ? document.activeElement : null
    setSpot((before) => ({ x, y, entries, from, byKey, turn: (before?.turn ?? 0) + 1 }))
    setOpen(true)
    if (!Part) void import('./popups/MenuAt').then((m) => setPart(() => m.MenuAt))
    return true
  }
  function onContextMenu(event: MouseEvent) {
    letGo()
    if (show(event.target, event.clientX, event.clientY)) event.preventDefault()
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!(event.target instanceof Element) || !((event.key === 'F10' && event.shiftKey) || event.key === 'ContextMenu'))
      return
    const box = event.target.getBoundingClientRect()
    if (show(event.target, box.x + 16, box.bottom - 4, true)) event.preventDefault()
  }
  // Where a long press brings no context menu by itself.
  function onPointerDown({ pointerType, target, clientX: x, clientY: y }: PointerEvent) {
    letGo()
    if (pointerType === 'touch') press.current = { x, y, timer: setTimeout(() => show(target, x, y), longPress) }
  }
  function onPointerMove({ clientX, clientY }: PointerEvent) {
    const start = press.current
    if (start && Math.hypot(clientX - start.x, clientY - start.y) > tremble) letGo()
  }
  function letGo() {
    clearTimeout(press.current?.timer)
    press.current = undefined
  }
  return (
    <div
      className={className}
      onContextMenu={onContextMenu}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    >
      {children}
      {Part && spot && <Part key={spot.turn} spot={spot} open={open} onOpenChange={setOpen} />}
    </div>
  )
}
