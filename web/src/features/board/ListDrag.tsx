import { useLingui } from '@lingui/react/macro'
import { useEffect, useState, type ComponentProps } from 'react'

import type { TaskList } from '../../lists/TaskList'
import type { Task } from '../../store'
import { announce } from '../../ui/LiveRegion'
import type { Drop } from './grouping'
import { trackDrag, type Hold } from './listDragging'

type Listed = Parameters<NonNullable<ComponentProps<typeof TaskList>['children']>>[0]

interface ListDragProps {
  list: Listed
  enabled: boolean
  grouped: boolean
  drop: (tasks: readonly Task[], from: string, to: Drop) => void
}

/** Dragging lines by mouse or, after a long press, by touch; a stroke shows where they would go. */
export function ListDrag({ list, enabled, grouped, drop }: ListDragProps) {
  const { t } = useLingui()
  const [hold, setHold] = useState<Hold>()
  const { element } = list
  useEffect(() => {
    if (!enabled || !grouped || !element) return undefined
    return trackDrag(element, {
      show: setHold,
      end: (last) => {
        setHold(undefined)
        const line = list.lines.find((l) => l.id === last.line)
        if (line?.kind !== 'task' || !last.to) return
        const { cursor } = list
        const many = cursor.selected.has(line.id) ? cursor.targets : [line.task]
        drop(many, line.section.key, last.to)
      },
      cancel: () => {
        setHold(undefined)
        announce(t`Moving was broken off`)
      },
    })
  })
  if (!hold?.at) return null
  return (
    <div
      aria-hidden
      className="bg-accent pointer-events-none absolute inset-x-2 h-0.5 rounded-full"
      style={{ position: 'absolute', top: hold.at }}
    />
  )
}
