import type { ComponentProps } from 'react'

import { TaskRow } from '../../../fields/TaskRow'
import type { TaskList } from '../../../lists/TaskList'
import type { Task } from '../../../store'
import type { Drop } from '../grouping'
import { Follower } from './Follower'
import { listGround } from './grounds'
import { useDrag } from './useDrag'

interface ListDragProps {
  list: Parameters<NonNullable<ComponentProps<typeof TaskList>['children']>>[0]
  enabled: boolean
  drop: (tasks: readonly Task[], from: string, to: Drop) => void
}

/** Dragging lines by mouse or, after a rest, by touch; a stroke shows where they would go. */
export function ListDrag({ list, enabled, drop }: ListDragProps) {
  const drag = useDrag({
    root: list.box,
    ground: listGround,
    enabled,
    cursor: list.cursor,
    find: (id) => {
      const line = list.lines.find((l) => l.id === id)
      return line?.kind === 'task' ? { task: line.task, group: line.section.key } : undefined
    },
    drop,
  })
  return (
    <>
      {drag.at !== undefined && (
        <div
          aria-hidden
          className="bg-accent pointer-events-none absolute inset-x-2 h-0.5 rounded-full"
          style={{ top: drag.at - 1 }}
        />
      )}
      <Follower drag={drag}>
        {drag.lifted && (
          <TaskRow
            task={drag.lifted.tasks[0]!}
            className="bg-floating border-line shadow-floating rounded-md border opacity-95"
          />
        )}
      </Follower>
    </>
  )
}
