import { useState, type KeyboardEvent, type PointerEvent } from 'react'

import { classes } from '../../ui/classes'

interface ResizeHandleProps {
  /** What is made wider or narrower, for screen readers. */
  name: string
  width: number
  min: number
  max: number
  onWidth: (width: number) => void
  /** Where the handle stands on what it resizes. */
  edge: 'start' | 'end'
}

/** The edge between two regions, to be dragged or moved by the arrow keys. */
export function ResizeHandle({ name, width, min, max, onWidth, edge }: ResizeHandleProps) {
  const [from, setFrom] = useState<{ x: number; width: number }>()

  function drag(event: PointerEvent) {
    if (from) onWidth(from.width + (event.clientX - from.x) * direction())
  }
  function step(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowLeft: -16, ArrowRight: 16 }
    const by = steps[event.key]
    if (by === undefined) return
    event.preventDefault()
    onWidth(width + by * direction())
  }
  /** 1 where moving to the right makes it wider. */
  function direction() {
    const rtl = document.documentElement.dir === 'rtl'
    return (edge === 'end') === rtl ? -1 : 1
  }
  return (
    // A separator that can take the focus is a control.

    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={name}
      aria-valuenow={Math.round(width)}
      aria-valuemin={min}
      aria-valuemax={max}

      tabIndex={0}
      onKeyDown={step}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setFrom({ x: event.clientX, width })
      }}
      onPointerMove={drag}
      onPointerUp={() => setFrom(undefined)}
      onPointerCancel={() => setFrom(undefined)}
      className={classes(
        'group absolute inset-y-0 z-sticky w-2 cursor-col-resize touch-none outline-none',
        edge === 'end' ? '-end-1' : '-start-1',
      )}
    >
      <span
        className={classes(
          'group-hover:bg-line-strong group-focus-visible:bg-focus absolute inset-y-0 start-[3px] w-0.5 rounded-full',
          from && 'bg-line-strong',
        )}
      />
    </div>
  )
}
