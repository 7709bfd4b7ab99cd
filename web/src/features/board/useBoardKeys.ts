import { useLingui } from '@lingui/react/macro'
import { useEffect, type RefObject } from 'react'

import { lineID } from '../../lists/sections'
import type { ListCursor } from '../../lists/useCursor'
import type { Group, Task } from '../../store'
import { useCommands } from '../../ui/commands'
import { useMoveCommands } from './useMoveCommands'

interface BoardKeys {
  groups: readonly Group[]
  cursor: ListCursor
  onOpen: (task: Task) => void
  step: (task: Task, from: string, where: 'up' | 'down' | 'back' | 'on') => void
  canEdit: boolean
  box: RefObject<HTMLElement | null>
  showColumn: (key: string) => void
}

/** Arrows go from card to card and from column to column; with Alt they take the card along. */
export function useBoardKeys({ groups, cursor, onOpen, step, canEdit, box, showColumn }: BoardKeys): void {
  const { t } = useLingui()
  const group = t`Board`
  const column = groups.findIndex((g) => cursor.at?.startsWith(`${g.key}/`))
  const row = groups[column]?.tasks.findIndex((task) => lineID(groups[column]!.key, task.id) === cursor.at) ?? -1
  const task = groups[column]?.tasks[row]
  const rtl = document.documentElement.dir === 'rtl'

  const go = (c: number, r: number) => {
    const to = groups[c]
    const there = to?.tasks[Math.min(Math.max(r, 0), to.tasks.length - 1)]
    if (to && there) cursor.go(lineID(to.key, there.id))
    box.current?.focus({ preventScroll: true })
  }
  const beside = (by: 1 | -1) => {
    if (column < 0)
      return go(
        groups.findIndex((g) => g.tasks.length > 0),
        0,
      )
    for (let c = column + by; groups[c]; c += by) if (groups[c]!.tasks.length > 0) return go(c, row)
  }
  const along = (by: 1 | -1) => (column < 0 ? beside(1) : go(column, row + by))
  const any = groups.some((g) => g.tasks.length > 0)
  const base = { group, enabled: any, repeat: true }
  useCommands([
    { ...base, id: 'board.down', name: t`Next card`, keys: ['arrowdown', 'j'], run: () => along(1) },
    { ...base, id: 'board.up', name: t`Previous card`, keys: ['arrowup', 'k'], run: () => along(-1) },
    { ...base, id: 'board.right', name: t`Column to the right`, keys: ['arrowright'], run: () => beside(rtl ? -1 : 1) },
    { ...base, id: 'board.left', name: t`Column to the left`, keys: ['arrowleft'], run: () => beside(rtl ? 1 : -1) },
    { ...base, id: 'board.first', name: t`First card`, keys: 'home', run: () => go(Math.max(column, 0), 0) },
    { ...base, id: 'board.last', name: t`Last card`, keys: 'end', run: () => go(Math.max(column, 0), Infinity) },
    {
      id: 'list.open',
      name: t`Open`,
      group,
      keys: 'enter',
      enabled: task !== undefined,
      run: (event) => {
        if (event?.target instanceof HTMLElement && event.target.closest('button, a, [role=menuitem]')) return false
        if (task) onOpen(task)
        return undefined
      },
    },
    {
      id: 'list.select',
      name: t`Select`,
      group,
      keys: 'x',
      enabled: task !== undefined,
      run: () => cursor.at && cursor.toggle(cursor.at),
    },
    {
      id: 'list.clear',
      name: t`Clear the selection`,
      group,
      keys: 'escape',
      enabled: cursor.selected.size > 0,
      run: cursor.clear,
    },
  ])
  useMoveCommands({ task, from: groups[column]?.key, step, enabled: canEdit })
  useEffect(() => {
    if (groups[column]) showColumn(groups[column].key)
    // Only a move of the cursor scrolls; what others change must not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cursor.at])
}
