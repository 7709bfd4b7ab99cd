import { DndContext, DragOverlay } from '@dnd-kit/core'
import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useId, useRef } from 'react'

import { useTaskActions } from '../../fields/useTaskActions'
import { BulkBar } from '../../lists/BulkBar'
import { linesOf, type Section } from '../../lists/sections'
import { useCursor } from '../../lists/useCursor'
import type { Group, GroupBy, NewTask, Sort, Task } from '../../store'
import { ContextMenu } from '../../ui/Menu'
import { usePhone } from '../../ui/media'
import { Card } from './Card'
import { Column } from './Column'
import { useHeadings } from './GroupHeading'
import { useBoardKeys } from './useBoardKeys'
import { useCardDrag } from './useCardDrag'
import { useMoves } from './useMoves'

interface BoardProps {
  groups: readonly Group[]
  by: GroupBy
  sort: Sort
  name: string
  canEdit: boolean
  /** Of which project new tasks are; without one there is no adding in place. */
  onAdd?: (title: string, defaults: Partial<NewTask>) => void
  onOpen: (task: Task) => void
  address: (task: Task) => string
  opened: string | undefined
}

const none: ReadonlySet<string> = new Set()

/** Columns of cards, both ways drawn only where one looks. */
export function Board({ groups, by, sort, name, canEdit, onAdd, onOpen, address, opened }: BoardProps) {
  'use no memo'
  const { t } = useLingui()
  const id = useId()
  const phone = usePhone()
  const box = useRef<HTMLDivElement>(null)
  const at = useRef<Element | null>(null)
  const heading = useHeadings(by)
  const sections: Section[] = groups.map((g) => ({
    key: g.key,
    name: heading(g.key).name,
    heading: null,
    tasks: g.tasks,
  }))
  const cursor = useCursor(useLines(sections))
  const moves = useMoves(groups, by, sort, (key) => heading(key).name)
  const actions = useTaskActions(cursor.targets, { anchor: at, address, onDeleted: cursor.clear })
  const drag = useCardDrag({ cursor, groups, enabled: canEdit, drop: moves.drop })
  const width = phone ? 296 : 296
  const columns = useVirtualizer({
    horizontal: true,
    count: groups.length,
    getScrollElement: () => box.current,
    estimateSize: () => width,
    overscan: 1,
    paddingStart: 12,
    paddingEnd: 12,
    isRtl: document.documentElement.dir === 'rtl',
  })
  useBoardKeys({ groups, cursor, onOpen, step: moves.step, canEdit, box, showColumn: (i) => columns.scrollToIndex(i) })
  const menuOf = (element: Element) => {
    const card = element.closest('[data-line]')
    const line = card?.getAttribute('data-line')
    if (!line) return []
    at.current = card
    if (!cursor.selected.has(line)) cursor.go(line)
    return actions.menu
  }
  return (
    <DndContext {...drag.context}>
      <ContextMenu items={menuOf} className="flex min-h-0 grow flex-col">
        <div
          ref={box}
          role="group"
          aria-label={name}
          tabIndex={0}
          aria-activedescendant={cursor.at ? `${id}-${cursor.at}` : undefined}
          className="min-h-0 grow overflow-x-auto overflow-y-hidden overscroll-x-contain outline-none max-phone:snap-x"
        >
          <div className="relative h-full" style={{ width: columns.getTotalSize() }}>
            {columns.getVirtualItems().map((column) => {
              const group = groups[column.index]
              if (!group) return null
              return (
                <Column
                  key={group.key}
                  id={id}
                  group={group}
                  by={by}
                  heading={heading(group.key)}
                  start={column.start}
                  cursor={cursor}
                  drag={drag}
                  opened={opened}
                  atRef={at}
                  onOpen={onOpen}
                  onAdd={canEdit ? onAdd : undefined}
                />
              )
            })}
          </div>
        </div>
      </ContextMenu>
      <DragOverlay dropAnimation={null}>
        {drag.lifted && (
          <div className="relative">
            <Card task={drag.lifted.tasks[0]!} lifted />
            {drag.lifted.tasks.length > 1 && (
              <span className="bg-accent text-accent-ink absolute -end-2 -top-2 grid min-w-5 place-items-center rounded-full px-1 text-xs tabular-nums">
                {drag.lifted.tasks.length}
              </span>
            )}
          </div>
        )}
      </DragOverlay>
      {actions.picker}
      {cursor.selected.size > 0 && (
        <BulkBar count={cursor.targets.length} menu={actions.menu} onClear={cursor.clear} label={t`Selected tasks`} />
      )}
    </DndContext>
  )
}

function useLines(sections: readonly Section[]) {
  const kept = useRef<{ key: readonly (readonly Task[])[]; lines: ReturnType<typeof linesOf> }>({ key: [], lines: [] })
  const key = sections.map((s) => s.tasks)
  const same = key.length === kept.current.key.length && key.every((k, i) => k === kept.current.key[i])
  if (!same) kept.current = { key, lines: linesOf(sections, none) }
  return kept.current.lines
}
