import { useLingui } from '@lingui/react/macro'

import type { Task } from '../../store'
import { useCommands } from '../../ui/commands'

interface MoveCommands {
  task: Task | undefined
  from: string | undefined
  step: (task: Task, from: string, where: 'up' | 'down' | 'back' | 'on') => void
  enabled: boolean
}

/** Moving by keyboard what is under the cursor, the same on boards and in lists. */
export function useMoveCommands({ task, from, step, enabled }: MoveCommands): void {
  const { t } = useLingui()
  const rtl = document.documentElement.dir === 'rtl'
  const can = enabled && task !== undefined && from !== undefined
  const move = (where: 'up' | 'down' | 'back' | 'on') => () => {
    if (task && from !== undefined) step(task, from, where)
  }
  const base = { group: t`Moving`, enabled: can, repeat: true }
  useCommands([
    { ...base, id: 'move.up', name: t`Move up`, keys: 'alt+arrowup', run: move('up') },
    { ...base, id: 'move.down', name: t`Move down`, keys: 'alt+arrowdown', run: move('down') },
    {
      ...base,
      id: 'move.on',
      name: t`Move to the next group`,
      keys: rtl ? 'alt+arrowleft' : 'alt+arrowright',
      run: move('on'),
    },
    {
      ...base,
      id: 'move.back',
      name: t`Move to the previous group`,
      keys: rtl ? 'alt+arrowright' : 'alt+arrowleft',
      run: move('back'),
    },
  ])
}
