import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { FoldHorizontal, Plus } from 'lucide-react'
import { useEffect, useRef, useState, type RefObject } from 'react'

import { today, useNow } from '../../dates'
import { drawn } from '../../lists/drawn'
import { lineID } from '../../lists/sections'
import type { ListCursor } from '../../lists/useCursor'
import { useZone, type Group, type GroupBy, type NewTask, type Task } from '../../store'
import { classes } from '../../ui/classes'
import { IconButton } from '../../ui/IconButton'
import { AddTask } from '../../lists/AddTask'
import { BoardCard } from './BoardCard'
import type { Heading } from './GroupHeading'
import { useColumnMeasures } from './useBoardLines'
import { defaultsFor } from './grouping'
import type { Drag } from './drag/useDrag'
import { useHeldColumn } from './useHeldColumn'

interface ColumnProps {
  id: string
  group: Group
  by: GroupBy
  heading: Heading
  start: number
  cursor: ListCursor
  drag: Drag
  folded: boolean
  onFold: () => void
  opened: string | undefined
  atRef: RefObject<Element | null>
  onOpen: (task: Task) => void
  onAdd: ((title: string, defaults: Partial<NewTask>) => void) | undefined
}

export function Column({
  id,
  group,
  by,
  heading,
  start,
  cursor,
  drag,
  folded,
  onFold,
  opened,
  atRef,
  onOpen,
  onAdd,
}: ColumnProps) {
  'use no memo'
  const { t } = useLingui()
  const box = useRef<HTMLDivElement>(null)
  const [adding, setAdding] = useState(false)
  const day = today(useZone(), useNow())
  const { index, getItemKey } = useColumnMeasures(group, cursor.at)

  const cards = useVirtualizer({
    count: group.tasks.length,
    getScrollElement: () => box.current,
    estimateSize: () => 88,
    getItemKey,
    overscan: 6,
    rangeExtractor: (range) => drawn(range, index),
    gap: 8,
    paddingEnd: 8,
  })
  const watched = useHeldColumn(box, group.tasks, cards, group.tasks[index]?.id)
  useEffect(() => {
    if (index >= 0) cards.scrollToIndex(index)
    // Only a move of the cursor scrolls; what others change must not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cursor.at])
  const over = drag.over?.group === group.key ? drag.over : undefined
  const frame = {
    'data-column': group.key,
    'aria-label': `${heading.name}, ${group.tasks.length}`,
    style: { insetInlineStart: start },
  }
  if (folded)
    return (
      <section
        {...frame}
        className={classes('bg-panel border-line absolute inset-y-0 mb-2 w-9 rounded-lg border', over && 'bg-hover')}
      >
        <button
          type="button"
          aria-expanded={false}
          title={t`Show ${heading.name}`}
          onClick={onFold}
          className="focus-inset hover:bg-hover flex h-full w-full flex-col items-center gap-2 rounded-lg py-3"
        >
          {heading.icon}
          <span className="text-muted text-xs tabular-nums">{group.tasks.length}</span>
          <span className="min-h-0 truncate font-medium [writing-mode:vertical-rl]">{heading.name}</span>
        </button>
      </section>
    )
  return (
    <section
      {...frame}
      className={classes(
        'group/column w-card absolute inset-y-0 flex snap-center flex-col rounded-lg',
        over && 'bg-hover',
      )}
    >
      <header className="h-header flex shrink-0 items-center gap-2 px-1">
        {heading.icon}
        <h2 className="min-w-0 truncate font-medium">{heading.name}</h2>
        <span className="text-muted text-xs tabular-nums">{group.tasks.length}</span>
        <span className="grow" />
        <IconButton
          icon={FoldHorizontal}
          name={t`Fold ${heading.name}`}
          aria-expanded
          onClick={onFold}
          className="opacity-0 group-hover/column:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
        />
        {onAdd && <IconButton icon={Plus} name={t`Add a task to ${heading.name}`} onClick={() => setAdding(true)} />}
      </header>
      <div ref={box} data-cards {...watched} className="min-h-0 grow overflow-y-auto overscroll-y-contain px-1 pt-1">
        {onAdd && adding && (
          <AddTask onAdd={(title) => onAdd(title, defaultsFor(by, group.key, day))} onClose={() => setAdding(false)} />
        )}
        <ul className="relative" style={{ height: cards.getTotalSize() }}>
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
                <BoardCard
                  id={`${id}-${line}`}
                  line={line}
                  task={task}
                  cursor={cursor}
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
