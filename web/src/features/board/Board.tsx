import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef } from 'react'

import { useTaskActions } from '../../fields/useTaskActions'
import { drawn } from '../../lists/drawn'
import { lineID } from '../../lists/sections'
import { useCursor } from '../../lists/useCursor'
import type { Group, GroupBy, NewTask, Sort, Task } from '../../store'
import { ContextMenu } from '../../ui/Menu'
import { Card } from './Card'
import { Column } from './Column'
import { Follower } from './drag/Follower'
import { boardGround } from './drag/grounds'
import { useDrag } from './drag/useDrag'
import { useHeadings } from './GroupHeading'
import { useBoardLines } from './useBoardLines'
import { useBoardKeys } from './useBoardKeys'
import { useKept } from './useKept'
import { useMoves } from './useMoves'
import { useStatusKeys } from './useStatusKeys'
import { part, useSoon } from '../../ui/part'

const BulkBar = part(async () => ({ default: (await import('../../lists/BulkBar')).BulkBar }))

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
  /** Under which name this browser remembers what is folded. */
  keep: string
}

/** How far columns are apart: a card and what is between, or a folded one. */
const wide = 296
const narrow = 48

/** Columns of cards, both ways drawn only where one looks. */
export function Board({ groups, by, sort, name, canEdit, onAdd, onOpen, address, opened, keep }: BoardProps) {
  'use no memo'
  const { t } = useLingui()
  useSoon(BulkBar)
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const anchor = useRef<Element | null>(null)
  const heading = useHeadings(by)
  const cursor = useCursor(useBoardLines(groups))
  const moves = useMoves(groups, by, sort, (key) => heading(key).name)
  const actions = useTaskActions(cursor.targets, { anchor, address, onDeleted: cursor.clear })
  useStatusKeys(cursor.targets)
  const [folded, setFolded] = useKept<readonly string[]>(`board.folded.${keep}.${by}`, [])
  const drag = useDrag({
    root: box,
    ground: boardGround,
    enabled: canEdit,
    cursor,
    find: (line) => {
      const group = groups.find((g) => line.startsWith(`${g.key}/`))
      const task = group?.tasks.find((one) => lineID(group.key, one.id) === line)
      return group && task && { task, group: group.key }
    },
    drop: moves.drop,
  })
  const at = groups.findIndex((g) => cursor.at?.startsWith(`${g.key}/`))

  const columns = useVirtualizer({
    horizontal: true,
    count: groups.length,
    getScrollElement: () => box.current,
    estimateSize: (i) => (folded.includes(groups[i]?.key ?? '') ? narrow : wide),
    getItemKey: (i) => groups[i]?.key ?? i,
    rangeExtractor: (range) => drawn(range, at),
    overscan: 1,
    paddingStart: 12,
    paddingEnd: 12,
    isRtl: document.documentElement.dir === 'rtl',
  })
  useEffect(() => {
    columns.measure()
    // Only folding makes columns of another width.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [folded.join()])
  useBoardKeys({
    groups: groups.filter((g) => !folded.includes(g.key)),
    cursor,
    onOpen,
    step: moves.step,
    canEdit,
    box,
    showColumn: (key) => columns.scrollToIndex(groups.findIndex((g) => g.key === key)),
  })
  const menuOf = (element: Element) => {
    const card = element.closest('[data-line]')
    const line = card?.getAttribute('data-line')
    if (!line) return []
    anchor.current = card
    if (!cursor.selected.has(line)) cursor.go(line)
    return actions.menu
  }
  return (
    <>
      <ContextMenu items={menuOf} className="flex min-h-0 grow flex-col">
        <div
          ref={box}
          role="group"
          aria-label={name}
          // One stop of the keyboard; the arrows go from card to card inside.

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
                  folded={folded.includes(group.key)}
                  onFold={() =>
                    setFolded(
                      folded.includes(group.key) ? folded.filter((k) => k !== group.key) : [...folded, group.key],
                    )
                  }
                  opened={opened}
                  atRef={anchor}
                  onOpen={onOpen}
                  onAdd={canEdit ? onAdd : undefined}
                />
              )
            })}
          </div>
        </div>
      </ContextMenu>
      <Follower drag={drag}>{drag.lifted && <Card task={drag.lifted.tasks[0]!} lifted />}</Follower>
      {actions.picker}
      {cursor.selected.size > 0 && (
        <BulkBar count={cursor.targets.length} menu={actions.menu} onClear={cursor.clear} label={t`Selected tasks`} />
      )}
    </>
  )
}
