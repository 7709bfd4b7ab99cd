import {
  closestCenter,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
  type DndContextProps,
  type DragMoveEvent,
} from '@dnd-kit/core'
import { useState } from 'react'

import type { ListCursor } from '../../lists/useCursor'
import type { Group, Task } from '../../store'
import type { Drop } from './grouping'

interface Lifted {
  tasks: readonly Task[]
  /** The lines that are on their way. */
  lines: ReadonlySet<string>
  from: string
}

export interface CardDrag {
  enabled: boolean
  lifted: Lifted | undefined
  over: Drop | undefined
  context: DndContextProps
}

interface Use {
  cursor: ListCursor
  groups: readonly Group[]
  enabled: boolean
  drop: (tasks: readonly Task[], from: string, to: Drop) => void
}

/** Dragging by mouse and by touch, after a long press. What is selected goes along. By keyboard there are keys for it. */
export function useCardDrag({ cursor, groups, enabled, drop }: Use): CardDrag {
  const [lifted, setLifted] = useState<Lifted>()
  const [over, setOver] = useState<Drop>()
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 6 } }),
  )
  const end = () => {
    setLifted(undefined)
    setOver(undefined)
  }
  const context: DndContextProps = {
    sensors,
    accessibility: { container: document.body },
    // The pointer says which column; within it the nearest card by height is looked for by what is on the screen.
    collisionDetection: (args) => {
      const within = pointerWithin(args)
      return within.length > 0 ? within : closestCenter(args)
    },
    onDragStart: ({ active }) => {
      const { task, group } = active.data.current as { task: Task; group: string }
      const line = String(active.id)
      const many = cursor.selected.has(line) && cursor.selected.size > 1
      setLifted({ tasks: many ? cursor.targets : [task], lines: many ? cursor.selected : new Set([line]), from: group })
    },
    onDragMove: (event) => {
      const next = dropAt(event, groups, lifted)
      if (next?.group !== over?.group || next?.before !== over?.before) setOver(next)
    },
    onDragEnd: () => {
      if (lifted && over) drop(lifted.tasks, lifted.from, over)
      end()
    },
    onDragCancel: end,
  }
  return { enabled, lifted, over, context }
}

/** Where the card would go that is dragged now: before the first one whose middle is below the pointer. */
function dropAt(
  { over, activatorEvent, delta }: DragMoveEvent,
  groups: readonly Group[],
  lifted: Lifted | undefined,
): Drop | undefined {
  const group = (over?.data.current as { group?: string } | undefined)?.group
  if (group === undefined) return undefined
  const start =
    'touches' in activatorEvent ? (activatorEvent as TouchEvent).touches[0]! : (activatorEvent as MouseEvent)
  const y = start.clientY + delta.y
  const column = document.querySelector(`[data-column="${CSS.escape(group)}"]`)
  const moving = new Set(lifted?.tasks.map((t) => t.id))
  for (const card of column?.querySelectorAll<HTMLElement>('[data-task]') ?? []) {
    const id = card.dataset.task!
    if (moving.has(id)) continue
    const box = card.getBoundingClientRect()
    if (y < box.top + box.height / 2) return { group, before: id }
  }
  // Below everything that is drawn: before the first one that is not, if there are more.
  const drawn = [...(column?.querySelectorAll<HTMLElement>('[data-task]') ?? [])].map((c) => c.dataset.task)
  const tasks = groups.find((g) => g.key === group)?.tasks ?? []
  const last = tasks.findIndex((t) => t.id === drawn.at(-1))
  return { group, before: drawn.length > 0 ? tasks.slice(last + 1).find((t) => !moving.has(t.id))?.id : undefined }
}
