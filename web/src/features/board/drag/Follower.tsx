import { createPortal } from 'react-dom'
import type { ReactNode } from 'react'

import type { Drag } from './useDrag'

/** What is dragged, under the pointer, with how many it is. */
export function Follower({ drag, children }: { drag: Drag; children: ReactNode }) {
  const { lifted, follower } = drag
  if (!lifted) return null
  return createPortal(
    <div
      ref={follower}
      aria-hidden
      style={{ width: lifted.width }}
      className="z-floating pointer-events-none fixed top-0 left-0 cursor-grabbing"
    >
      {children}
      {lifted.tasks.length > 1 && (
        <span className="bg-accent text-accent-ink absolute -end-2 -top-2 grid min-w-5 place-items-center rounded-full px-1 text-xs tabular-nums">
          {lifted.tasks.length}
        </span>
      )}
    </div>,
    document.body,
  )
}
