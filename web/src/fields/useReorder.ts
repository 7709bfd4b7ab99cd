import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react'

import type { ID } from '../store'

interface Drag {
  id: ID
  from: number
  y: number
  by: number
}

const threshold = 4 // px, before a press becomes a drag

/** Dragging the items of a list, all of one height, to another place in it. */
export function useReorder(ids: readonly ID[], height: number, onMove: (id: ID, to: number) => void) {
  const [drag, setDrag] = useState<Drag>()
  const dragged = useRef(false)
  const active = drag !== undefined && Math.abs(drag.by) > threshold
  const to = drag ? Math.min(ids.length - 1, Math.max(0, drag.from + Math.round(drag.by / height))) : -1

  useEffect(() => {
    if (!drag) return
    const move = (e: PointerEvent) => setDrag({ ...drag, by: e.clientY - drag.y })
    const drop = () => {
      dragged.current = active
      setDrag(undefined)
      if (active && to !== drag.from) onMove(drag.id, to)
    }
    const cancel = (e: Event) => {
      if (e instanceof KeyboardEvent && e.key !== 'Escape') return
      e.preventDefault()
      dragged.current = true
      setDrag(undefined)
    }
    addEventListener('pointermove', move)
    addEventListener('pointerup', drop)
    addEventListener('pointercancel', cancel)
    addEventListener('keydown', cancel, true)
    return () => {
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', drop)
      removeEventListener('pointercancel', cancel)
      removeEventListener('keydown', cancel, true)
    }
  })

  /** What an item of the list is given. */
  function itemProps(id: ID, place: number) {
    return {
      onPointerDown(e: ReactPointerEvent) {
        dragged.current = false
        if (e.button === 0 && e.pointerType !== 'touch') setDrag({ id, from: place, y: e.clientY, by: 0 })
      },
      onClickCapture(e: React.MouseEvent) {
        if (dragged.current) e.preventDefault()
        dragged.current = false
      },
      'data-dragged': active && drag.id === id ? true : undefined,
      style: active ? { transform: `translateY(${shift(id, place)}px)` } : undefined,
    }
  }
  function shift(id: ID, place: number): number {
    if (!drag) return 0
    if (drag.id === id) return drag.by
    if (place > drag.from && place <= to) return -height
    if (place < drag.from && place >= to) return height
    return 0
  }
  return { itemProps, dragging: active }
}
