import { useLingui } from '@lingui/react/macro'
import { useEffect, type RefObject } from 'react'

import type { Task } from '../store'
import { useCommands, type Command } from '../ui/commands'
import type { Step } from './cursor'
import type { Line } from './sections'
import type { ListCursor } from './useCursor'

interface ListKeys {
  cursor: ListCursor
  lines: readonly Line[]
  /** The index of the cursor's line, -1 if it is on none. */
  index: number
  onOpen: (task: Task) => void
  scrollTo: (index: number) => void
  box: RefObject<HTMLElement | null>
}

/** The keys of a list. They work wherever the focus is on the screen, except where one types. */
export function useListKeys({ cursor, lines, index, onOpen, scrollTo, box }: ListKeys): void {
  const { t } = useLingui()
  const group = t`Lists`
  const step = (keys: string | string[], name: string, by: Step, extend = false): Command => ({
    id: `list.${by}${extend ? '.extend' : ''}`,
    name,
    group,
    keys,
    repeat: true,
    enabled: lines.length > 0,
    run: () => {
      box.current?.focus({ preventScroll: true })
      cursor.move(by, extend)
    },
  })
  const at = cursor.at
  const current = lines[index]
  useCommands([
    step(['arrowdown', 'j'], t`Next`, 1),
    step(['arrowup', 'k'], t`Previous`, -1),
    step(['shift+arrowdown', 'shift+j'], t`Select the next one too`, 1, true),
    step(['shift+arrowup', 'shift+k'], t`Select the previous one too`, -1, true),
    step('home', t`First`, 'first'),
    step('end', t`Last`, 'last'),
    step('pagedown', t`Further down`, 'page down'),
    step('pageup', t`Further up`, 'page up'),
    {
      id: 'list.open',
      name: t`Open`,
      group,
      keys: 'enter',
      enabled: current?.kind === 'task',
      run: (event) => {
        if (event?.target instanceof HTMLElement && event.target.closest('button, a, [role=menuitem]')) return false
        if (current?.kind === 'task') onOpen(current.task)
        return undefined
      },
    },
    {
      id: 'list.select',
      name: t`Select`,
      group,
      keys: 'x',
      enabled: at !== undefined,
      run: () => at && cursor.toggle(at),
    },
    { id: 'list.all', name: t`Select all`, group, keys: 'mod+a', enabled: lines.length > 0, run: cursor.selectAll },
    {
      id: 'list.clear',
      name: t`Clear the selection`,
      group,
      keys: 'escape',
      enabled: cursor.selected.size > 0,
      run: cursor.clear,
    },
  ])
  useEffect(() => {
    if (index >= 0) scrollTo(index)
    // Only a move of the cursor scrolls; what others change must not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at])
}
