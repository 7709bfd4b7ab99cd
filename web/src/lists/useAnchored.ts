import type { Virtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, type PointerEvent } from 'react'

import { shift } from './anchor'
import type { Line } from './sections'

/**
 * Keeps what is looked at where it is while others change the list: the line under the pointer, or else the one under the
 * cursor, or else the first that is to be seen. Gives what the scrolling element has to listen to.
 */
export function useAnchored(
  rows: Virtualizer<HTMLDivElement, Element>,
  lines: readonly Line[],
  cursor: string | undefined,
  size: number,
): { onPointerMove: (e: PointerEvent) => void; onPointerLeave: () => void } {
  const pointed = useRef<string | undefined>(undefined)
  const before = useRef<{ lines: readonly Line[]; at: string | undefined }>({ lines, at: cursor })
  useLayoutEffect(() => {
    const { lines: old, at } = before.current
    before.current = { lines, at: cursor }
    const element = rows.scrollElement
    // A change of the cursor is one's own doing, and scrolls by itself.
    if (old === lines || at !== cursor || !element) return
    const first = old[Math.ceil(element.scrollTop / size)]?.id
    const seen = (id: string | undefined) => {
      const i = old.findIndex((l) => l.id === id)
      return i >= 0 && (i + 1) * size > element.scrollTop && i * size < element.scrollTop + element.clientHeight
    }
    if (element.scrollTop === 0 && pointed.current === undefined && !seen(cursor)) return
    const watched = pointed.current ?? (seen(cursor) ? cursor : first)
    const offsets = (of: readonly Line[]) => new Map(of.map((l, i) => [l.id, i * size]))
    const by = shift(offsets(old), offsets(lines), watched)
    if (by !== 0) element.scrollTop += by
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
