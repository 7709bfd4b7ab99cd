import { useDroppable } from '@dnd-kit/core'
import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Plus } from 'lucide-react'
import { useEffect, useRef, useState, type RefObject } from 'react'

import { today, useNow } from '../../dates'
import { lineID } from '../../lists/sections'
import type { ListCursor } from '../../lists/useCursor'
import { useZone, type Group, type GroupBy, type NewTask, type Task } from '../../store'
import { classes } from '../../ui/classes'
import { IconButton } from '../../ui/IconButton'
import { AddTask } from '../../lists/AddTask'
import { DraggableCard } from './DraggableCard'
import type { Heading } from './GroupHeading'
import { defaultsFor } from './grouping'
import type { CardDrag } from './useCardDrag'

interface ColumnProps {
  id: string
  group: Group
  by: GroupBy
  heading: Heading
  start: number
  cursor: ListCursor
  drag: CardDrag
  opened: string | undefined
  atRef: RefObject<Element | null>
  onOpen: (task: Task) => void
  onAdd: ((title: string, defaults: Partial<NewTask>) => void) | undefined
}

export function Column({ id, group, by, heading, start, cursor, drag, opened, atRef, onOpen, onAdd }: ColumnProps) {
  'use no memo'
  const { t } = useLingui()
  const box = useRef<HTMLDivElement>(null)
  const [adding, setAdding] = useState(false)
  const day = today(useZone(), useNow())
  const { setNodeRef } = useDroppable({ id: `column ${group.key}`, data: { group: group.key } })
  const cards = useVirtualizer({
    count: group.tasks.length,
    getScrollElement: () => box.current,
    estimateSize: () => 88,
    getItemKey: (i) => group.tasks[i]?.id ?? i,
    overscan: 6,
    gap: 8,
    paddingEnd: 8,
  })
  const index = group.tasks.findIndex((task) => lineID(group.key, task.id) === cursor.at)
  useEffect(() => {
    if (index >= 0) cards.scrollToIndex(index)
    // Only a move of the cursor scrolls; what others change must not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cursor.at])
  const over = drag.over?.group === group.key ? drag.over : undefined
  return (
    <section
      ref={setNodeRef}
      aria-label={`${heading.name}, ${group.tasks.length}`}
      style={{ insetInlineStart: start }}
      className={classes('w-card absolute inset-y-0 flex snap-center flex-col rounded-lg', over && 'bg-hover')}
    >
      <header className="h-header flex shrink-0 items-center gap-2 px-1">
        {heading.icon}
        <h2 className="min-w-0 truncate font-medium">{heading.name}</h2>
        <span className="text-muted text-xs tabular-nums">{group.tasks.length}</span>
        <span className="grow" />
        {onAdd && <IconButton icon={Plus} name={t`Add a task to ${heading.name}`} onClick={() => setAdding(true)} />}
      </header>
      <div ref={box} className="min-h-0 grow overflow-y-auto overscroll-y-contain px-1 pt-1">
        {onAdd && adding && (
          <AddTask onAdd={(title) => onAdd(title, defaultsFor(by, group.key, day))} onClose={() => setAdding(false)} />
        )}
        <ul data-column={group.key} className="relative" style={{ height: cards.getTotalSize() }}>
          {cards.getVirtualItems().map((row) => {
            const task = group.tasks[row.index]
            if (!task) return null
            const line = lineID(group.key, task.id)
            return (
              <li
                key={task.id}
                data-index={row.index}
                ref={cards.measureElement}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                {over?.before === task.id && <DropLine />}
                <DraggableCard
                  id={`${id}-${line}`}
                  line={line}
                  task={task}
                  group={group.key}
                  cursor={cursor}
                  enabled={drag.enabled}
                  lifted={drag.lifted?.lines.has(line) ?? false}
                  opened={opened === task.id}
                  atRef={atRef}
                  onOpen={onOpen}
                />
              </li>
            )
          })}
        </ul>
        {over && over.before === undefined && <DropLine />}
      </div>
    </section>
  )
}

function DropLine() {
  return <div aria-hidden className="bg-accent -mt-1.5 mb-1 h-0.5 rounded-full" />
}
