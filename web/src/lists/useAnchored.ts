import { useLayoutEffect, useRef, type PointerEvent, type RefObject } from 'react'

import { shift } from './anchor'
import type { Line } from './sections'

/** How many lines to either side say how far a list has moved. */
const near = 40

/**
 * Keeps what is looked at where it is while others change the list: the line under the pointer, or else the one under the
 * cursor, or else the first that is to be seen. Gives what the scrolling element has to listen to.
 */
export function useAnchored(
  box: RefObject<HTMLElement | null>,
  lines: readonly Line[],
  cursor: string | undefined,
  size: number,
): { onPointerMove: (e: PointerEvent) => void; onPointerLeave: () => void } {
  const pointed = useRef<string | undefined>(undefined)
  const before = useRef<{ lines: readonly Line[]; at: string | undefined }>({ lines, at: cursor })
  useLayoutEffect(() => {
    const { lines: old, at } = before.current
    before.current = { lines, at: cursor }
    const element = box.current
    // A change of the cursor is one's own doing, and scrolls by itself.
    if (old === lines || at !== cursor || !element) return
    const first = old[Math.ceil(element.scrollTop / size)]?.id
    const seen = (id: string | undefined) => {
      const i = old.findIndex((l) => l.id === id)
      return i >= 0 && (i + 1) * size > element.scrollTop && i * size < element.scrollTop + element.clientHeight
    }
    if (element.scrollTop === 0 && pointed.current === undefined && !seen(cursor)) return
    const watched = pointed.current ?? (seen(cursor) ? cursor : first)
    const place = old.findIndex((l) => l.id === watched)
    if (place < 0) return
    const from = Math.max(0, place - near)
    const beside = old.slice(from, place + near)
    const were = new Map(beside.map((l, i) => [l.id, (from + i) * size]))
    const are = new Map<string, number>()
    lines.forEach((l, i) => were.has(l.id) && are.set(l.id, i * size))
    const by = shift(were, are, watched, near)
    if (by !== 0) scrollOn(element, by)
  })
  return {
    onPointerMove: (event) => {
      const line = event.target instanceof Element ? event.target.closest('[data-line]') : null
      pointed.current = event.pointerType === 'mouse' ? (line?.getAttribute('data-line') ?? undefined) : undefined
    },
    onPointerLeave: () => {
      pointed.current = undefined
    },
  }
}

/** Apart from the hook, for to scroll is no change of what React holds. */
export function scrollOn(element: Element, by: number): void {
  element.scrollTop += by
}
