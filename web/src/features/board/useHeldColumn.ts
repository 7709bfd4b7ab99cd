import type { Virtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, type PointerEvent, type RefObject } from 'react'

import { shift } from '../../lists/anchor'
import { scrollOn } from '../../lists/useAnchored'
import type { ID, Task } from '../../store'

/**
 * Keeps the card that is looked at where it is while others change the column: the one under the pointer, or else the
 * cursor's, or else the first that is seen. Gives what the scrolling element has to listen to.
 */
export function useHeldColumn(
  box: RefObject<HTMLElement | null>,
  tasks: readonly Task[],
  cards: Virtualizer<HTMLDivElement, Element>,
  cursor: ID | undefined,
) {
  const pointed = useRef<ID | undefined>(undefined)
  const before = useRef<{ tasks: readonly Task[]; tops: ReadonlyMap<ID, number> }>({ tasks, tops: new Map() })
  useLayoutEffect(() => {
    const { tasks: old, tops } = before.current
    const element = box.current
    if (old !== tasks && element && tops.size > 0) {
      const seen = (id: ID | undefined) => id !== undefined && tops.has(id) && tops.get(id)! >= element.scrollTop
      const held = pointed.current ?? (seen(cursor) ? cursor : undefined)
      const watched =
        held ?? (element.scrollTop > 0 ? [...tops].find(([, top]) => top >= element.scrollTop)?.[0] : undefined)
      const now = new Map<ID, number>()
      tasks.forEach((task, i) => {
        const start = tops.has(task.id) ? cards.measurementsCache[i]?.start : undefined
        if (start !== undefined) now.set(task.id, start)
      })
      const by = shift(tops, now, watched)
      if (by !== 0) scrollOn(element, by)
    }
    before.current = {
      tasks,
      tops: new Map(cards.getVirtualItems().flatMap((v) => (tasks[v.index] ? [[tasks[v.index]!.id, v.start]] : []))),
    }
  })
  return {
    onPointerMove: (event: PointerEvent) => {
      const line = event.target instanceof Element ? event.target.closest('[data-line]') : null
      const name = line?.getAttribute('data-line')
      pointed.current = event.pointerType === 'mouse' ? name?.slice(name.lastIndexOf('/') + 1) : undefined
    },
    onPointerLeave: () => {
      pointed.current = undefined
    },
  }
}
