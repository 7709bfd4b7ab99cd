import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useId, useRef, useState, type ReactNode, type RefObject } from 'react'

import { useTaskActions } from '../fields/useTaskActions'
import type { Task } from '../store'
import { ContextMenu } from '../ui/Menu'
import { useMedia } from '../ui/media'
import { drawn } from './drawn'
import { ListLine } from './ListLine'
import type { Line, Section } from './sections'
import { useAnchored } from './useAnchored'
import { useCursor, type ListCursor } from './useCursor'
import { useLines, useMeasures } from './useLines'
import { useListKeys } from './useListKeys'
import { usePutOff } from './usePutOff'
import { useSwipe } from './useSwipe'
import { part, useSoon } from '../ui/part'

const BulkBar = part(async () => ({ default: (await import('./BulkBar')).BulkBar }))

export interface TaskListProps {
  sections: readonly Section[]
  /** What the list is called, for who hears it. */
  name: string
  onOpen: (task: Task) => void
  /** The address of a task, for copying. */
  address?: (task: Task) => string
  /** In place of the title, for instance a field to change it. */
  title?: (task: Task) => ReactNode
  /** What else belongs to the list, such as what is dragged; it gets the cursor and the lines that are drawn. */
  children?: (list: { cursor: ListCursor; lines: readonly Line[]; box: RefObject<HTMLDivElement | null> }) => ReactNode
  /** Which task is open beside the list. */
  opened?: string
  /** Which sections are folded, where the screen keeps that. */
  folded?: ReadonlySet<string>
  onFold?: (folded: ReadonlySet<string>) => void
}

/** A list of any length: one stop of the keyboard, arrows inside, x and Shift select, every property has its key. */
export function TaskList(props: TaskListProps) {
  'use no memo'
  const { sections, name, onOpen, address, title, children, opened } = props
  const { t } = useLingui()
  useSoon(BulkBar)
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const anchor = useRef<Element | null>(null)
  const [ownFolded, setOwnFolded] = useState<ReadonlySet<string>>(new Set())
  const folded = props.folded ?? ownFolded
  const lines = useLines(sections, folded)
  const cursor = useCursor(lines)
  const touch = useMedia('(pointer: coarse)')
  const size = touch ? 44 : 36
  const { at, estimateSize, getItemKey } = useMeasures(lines, size, cursor.at)

  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize,
    getItemKey,
    overscan: 8,
    rangeExtractor: (range) => drawn(range, at),
  })
  const watched = useAnchored(box, lines, cursor.at, size)
  const actions = useTaskActions(cursor.targets, { anchor, address, onDeleted: cursor.clear })
  useListKeys({ cursor, lines, index: at, onOpen, scrollTo: (i) => rows.scrollToIndex(i), box })
  const { putOff, entry } = usePutOff(cursor.targets)
  const menu = [entry, 'line' as const, ...actions.menu]
  const behind = useSwipe(box, lines, putOff)
  const fold = (key: string) => {
    const next = new Set(folded)
    if (!next.delete(key)) next.add(key)
    ;(props.onFold ?? setOwnFolded)(next)
  }
  const menuOf = (element: Element) => {
    const line = element.closest('[data-line]')?.getAttribute('data-line')
    if (!line) return []
    anchor.current = element.closest('[data-line]')
    if (!cursor.selected.has(line)) cursor.go(line)
    return menu
  }
  return (
    <>
      <ContextMenu items={menuOf} className="flex min-h-0 grow flex-col">
        <div
          ref={box}
          role="grid"
          tabIndex={0}
          aria-label={name}
          aria-rowcount={lines.length}
          aria-multiselectable
          aria-activedescendant={cursor.at ? `${id}-${cursor.at}` : undefined}
          {...watched}
          className="relative min-h-0 grow overflow-y-auto overscroll-contain outline-none"
        >
          <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
            {behind}
            {rows.getVirtualItems().map((row) => {
              const line = lines[row.index]
              if (!line) return null
              return (
                <ListLine
                  key={line.id}
                  id={`${id}-${line.id}`}
                  line={line}
                  index={row.index}
                  top={row.start}
                  cursor={cursor}
                  opened={opened !== undefined && line.kind === 'task' && line.task.id === opened}
                  folded={line.kind === 'heading' && folded.has(line.id)}
                  onFold={fold}
                  onOpen={onOpen}
                  onPick={(field, anchor) => {
                    if (!cursor.selected.has(line.id)) {
                      cursor.clear()
                      cursor.go(line.id)
                    }
                    actions.pick(field, anchor)
                  }}
                  atRef={anchor}
                  title={title}
                />
              )
            })}
          </div>
          {children?.({ cursor, lines, box })}
        </div>
      </ContextMenu>
      {actions.picker}
      {cursor.selected.size > 0 && (
        <BulkBar count={cursor.targets.length} menu={menu} onClear={cursor.clear} label={t`Selected tasks`} />
      )}
    </>
  )
}
