import { useDraggable } from '@dnd-kit/core'
import type { MouseEvent, RefObject } from 'react'

import type { ListCursor } from '../../lists/useCursor'
import type { Task } from '../../store'
import { Card } from './Card'

interface DraggableCardProps {
  id: string
  line: string
  task: Task
  group: string
  cursor: ListCursor
  enabled: boolean
  lifted: boolean
  opened: boolean
  atRef: RefObject<Element | null>
  onOpen: (task: Task) => void
}

export function DraggableCard({
  id,
  line,
  task,
  group,
  cursor,
  enabled,
  lifted,
  opened,
  atRef,
  onOpen,
}: DraggableCardProps) {
  const current = cursor.at === line
  const { setNodeRef, listeners } = useDraggable({ id: line, data: { task, group }, disabled: !enabled })
  const press = (event: MouseEvent) => {
    if (event.shiftKey) cursor.extend(line)
    else if (event.metaKey || event.ctrlKey) cursor.toggle(line)
    else {
      cursor.go(line)
      onOpen(task)
    }
  }
  return (
    <Card
      id={id}
      ref={(e) => {
        setNodeRef(e)
        if (current) atRef.current = e
      }}
      {...listeners}
      data-line={line}
      data-task={task.id}
      task={task}
      current={current}
      selected={cursor.selected.has(line)}
      opened={opened}
      onClick={press}
      className={lifted ? 'opacity-40' : 'cursor-default'}
    />
  )
}
