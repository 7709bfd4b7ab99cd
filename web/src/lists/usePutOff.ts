import { useLingui } from '@lingui/react/macro'
import { CalendarArrowUp } from 'lucide-react'

import { today, useNow } from '../dates'
import { useCanEdit } from '../fields/useCanEdit'
import { useActions, useZone, type Task } from '../store'
import { useCommands } from '../ui/commands'
import type { MenuEntry } from '../ui/Menu'
import { toast } from '../ui/Toast'
import { isTomorrow, laterPatch } from './later'

/** Putting tasks off until tomorrow, or for a week: by its key, from a menu, or by a finger. */
export function usePutOff(tasks: readonly Task[]): { putOff: (tasks: readonly Task[]) => void; entry: MenuEntry } {
  const { t } = useLingui()
  const act = useActions()
  const day = today(useZone(), useNow())
  const may = useCanEdit(tasks)
  const putOff = (some: readonly Task[]) => {
    const changes = some.map((task) => ({
      kind: 'task.update' as const,
      id: task.id,
      patch: laterPatch(task, day),
    }))
    if (changes.length === 0) return
    const { undo } = act.all(...changes)
    const soon = some.every((task) => isTomorrow(task, day))
    toast({ text: soon ? t`Put off until tomorrow` : t`Put off for a week`, undo })
  }
  const name = tasks.every((task) => isTomorrow(task, day)) ? t`Put off until tomorrow` : t`Put off for a week`
  const run = () => putOff(tasks)
  useCommands([{ id: 'task.later', name, group: t`Tasks`, keys: 't', icon: CalendarArrowUp, enabled: may, run }])
  return { putOff, entry: { name, icon: CalendarArrowUp, command: 'task.later', disabled: !may, run } }
}
