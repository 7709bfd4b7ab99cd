import { useLingui } from '@lingui/react/macro'
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react'

import type { ListCursor } from '../../../lists/useCursor'
import type { Task } from '../../../store'
import { announce } from '../../../ui/LiveRegion'
import type { Drop } from '../grouping'
import { trackDrag, type Grip, type Ground, type Place } from './track'

export interface Lifted {
  tasks: readonly Task[]
  /** The lines that are on their way. */
  lines: ReadonlySet<string>
  from: string
  width: number
}

interface Use {
  root: RefObject<HTMLElement | null>
  ground: Ground
  enabled: boolean
  cursor: ListCursor
  /** The task of a line and the group that it is in. */
  find: (line: string) => { task: Task; group: string } | undefined
  drop: (tasks: readonly Task[], from: string, to: Drop) => void
}

export interface Drag {
  lifted: Lifted | undefined
  over: Drop | undefined
  at: number | undefined
  /** Put on what follows the pointer. */
  follower: (element: HTMLElement | null) => void
}

/** Dragging by mouse, or by touch after a rest. What is selected goes along. By keyboard there are keys for it. */
export function useDrag({ root, ground, enabled, cursor, find, drop }: Use): Drag {
  const { t } = useLingui()
  const [lifted, setLifted] = useState<Lifted>()
  const [place, setPlace] = useState<Place>()
  const spot = useRef<{ x: number; y: number; element: HTMLElement | null }>({ x: 0, y: 0, element: null })
  const follow = () => {
    const { element, x, y } = spot.current
    if (element) element.style.transform = `translate(${x}px, ${y}px)`
  }
  const lift = useEffectEvent((line: string, grip: Grip) => {
    const found = find(line)
    if (!found) return
    const many = cursor.selected.has(line) && cursor.selected.size > 1
    if (!many) cursor.go(line)
    setLifted({
      tasks: many ? cursor.targets : [found.task],
      lines: many ? cursor.selected : new Set([line]),
      from: found.group,
      width: grip.width,
    })
  })
  const isMoving = useEffectEvent((line: string) => lifted?.lines.has(line) ?? false)
  const move = useEffectEvent((x: number, y: number, next: Place) => {
    Object.assign(spot.current, { x, y })
    follow()
    const same = place && place.to?.group === next.to?.group && place.to?.before === next.to?.before
    if (!same || place.at !== next.at) setPlace(next)
  })
  const finish = useEffectEvent((last: Place) => {
    if (lifted && last.to) drop(lifted.tasks, lifted.from, last.to)
  })
  const broken = useEffectEvent(() => announce(t`Moving was broken off`))
  useEffect(() => {
    const element = root.current
    if (!enabled || !element) return undefined
    let grip: Grip = { x: 0, y: 0, width: 0 }
    return trackDrag(element, ground, {
      lift: (line, taken) => {
        grip = taken
        lift(line, taken)
      },
      isMoving: (line) => isMoving(line),
      move: (x, y, next) => move(x - grip.x, y - grip.y, next),
      end: (last) => {
        finish(last)
        setLifted(undefined)
        setPlace(undefined)
      },
      cancel: (quietly) => {
        if (!quietly) broken()
        setLifted(undefined)
        setPlace(undefined)
      },
    })
  }, [enabled, ground, root])
  return {
    lifted,
    over: place?.to,
    at: place?.at,
    follower: (element) => {
      spot.current.element = element
      follow()
    },
  }
}
