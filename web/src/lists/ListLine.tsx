import { useLingui } from '@lingui/react/macro'
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { MouseEvent, ReactNode, RefObject } from 'react'

import type { TaskField } from '../fields/TaskFieldPicker'
import { TaskRow } from '../fields/TaskRow'
import type { Task } from '../store'
import { classes } from '../ui/classes'
import { IconButton } from '../ui/IconButton'
import type { Line } from './sections'
import { SelectBox } from './SelectBox'
import type { ListCursor } from './useCursor'

interface ListLineProps {
  id: string
  line: Line
  index: number
  top: number
  cursor: ListCursor
  folded: boolean
  opened: boolean
  onFold: (section: string) => void
  onOpen: (task: Task) => void
  onPick: (field: TaskField, anchor: Element) => void
  /** Follows the line of the cursor, beside which pickers open. */
  atRef: RefObject<Element | null>
  title?: (task: Task) => ReactNode
}

export function ListLine(props: ListLineProps) {
  const { id, line, index, top, cursor, folded, opened, onFold, onOpen, onPick, atRef, title } = props
  const { t } = useLingui()
  const place = { position: 'absolute', insetInline: 0, top } as const
  if (line.kind === 'heading') {
    const { section } = line
    return (
      <div
        role="row"
        id={id}
        data-section={section.key}
        aria-rowindex={index + 1}
        style={place}
        className="h-row pointer-coarse:h-row-touch bg-background border-line flex items-center gap-1 border-y ps-2 pe-3"
      >
        <div role="gridcell" className="flex min-w-0 grow items-center gap-2">
          <IconButton
            size="small"
            icon={folded ? ChevronRight : ChevronDown}
            name={folded ? t`Show ${section.name}` : t`Hide ${section.name}`}
            aria-expanded={!folded}
            onClick={() => onFold(section.key)}
          />
          <span className="min-w-0 truncate font-medium">{section.heading}</span>
          <span className="text-muted text-xs tabular-nums">{section.tasks.length}</span>
          <span className="grow" />
          {section.tools}
        </div>
      </div>
    )
  }
  if (line.kind === 'extra')
    return (
      <div role="row" id={id} aria-rowindex={index + 1} style={place}>
        <div role="gridcell" className="h-row pointer-coarse:h-row-touch flex items-center ps-3 pe-4">
          {line.section.extra}
        </div>
      </div>
    )
  const selected = cursor.selected.has(line.id)
  const current = cursor.at === line.id
  const press = (event: MouseEvent) => {
    if (event.shiftKey) cursor.extend(line.id)
    else if (event.metaKey || event.ctrlKey) cursor.toggle(line.id)
    else {
      cursor.go(line.id)
      onOpen(line.task)
    }
  }
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 1}
      aria-selected={selected}
      data-line={line.id}
      style={place}
      className="touch-pan-y"
      ref={current ? (e) => void (atRef.current = e) : undefined}
    >
      <div role="gridcell">
        <TaskRow
          task={line.task}
          selected={selected}
          current={current}
          title={title?.(line.task)}
          onPick={onPick}
          onClick={press}
          className={classes('cursor-default', opened && !selected && 'bg-pressed')}
          lead={
            <SelectBox
              selected={selected}
              any={cursor.selected.size > 0}
              name={line.task.title}
              onToggle={() => cursor.toggle(line.id)}
            />
          }
        />
      </div>
    </div>
  )
}
