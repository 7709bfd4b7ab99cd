import type { MouseEvent, RefObject } from 'react'

import type { ListCursor } from '../../lists/useCursor'
import type { Task } from '../../store'
import { Card } from './Card'

interface BoardCardProps {
  id: string
  line: string
  task: Task
  cursor: ListCursor
  lifted: boolean
  opened: boolean
  /** Follows the card of the cursor, beside which pickers open. */
  atRef: RefObject<Element | null>
  onOpen: (task: Task) => void
}

export function BoardCard({ id, line, task, cursor, lifted, opened, atRef, onOpen }: BoardCardProps) {
  const current = cursor.at === line
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
      ref={
        current
          ? (e) => {
              atRef.current = e
            }
          : undefined
      }
      data-line={line}
      task={task}
      current={current}
      selected={cursor.selected.has(line)}
      opened={opened}
      onClick={press}
      className={lifted ? 'opacity-40' : 'cursor-default'}
    />
  )
}
