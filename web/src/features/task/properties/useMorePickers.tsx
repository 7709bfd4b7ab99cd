import { useLingui } from '@lingui/react/macro'
import { CalendarClock, CornerLeftUp, Hourglass, Repeat } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import { DuePicker } from '../../../fields/DuePicker'
import { useActions, type Task } from '../../../store'
import { useCommands, type Command } from '../../../ui/commands'
import { EstimatePicker } from './EstimatePicker'
import { ParentPicker } from './ParentPicker'
import { RepeatPicker } from '../../../fields/RepeatPicker'

export type MoreField = 'start' | 'estimate' | 'parent' | 'repeat'

interface MorePickers {
  pick: (field: MoreField, anchor?: Element | null) => void
  picker: ReactNode
  commands: (Command & { set: boolean })[]
}

interface Options {
  enabled: boolean
  /** Where a picker opens that a key has asked for. */
  placeOf: (field: string) => Element | null
}

/** The pickers of what only a task by itself shows, and their keys. */
export function useMorePickers(task: Task, { enabled, placeOf }: Options): MorePickers {
  const { t } = useLingui()
  const act = useActions()
  const [open, setOpen] = useState<{ field: MoreField; at: Element | null }>()
  const pick = (field: MoreField, at?: Element | null) => setOpen({ field, at: at ?? placeOf(field) })
  const shared = { group: t`Task`, enabled }
  const commands = [
    {
      ...shared,
      id: 'task.start',
      name: t`Change start date`,
      keys: 'shift+d',
      icon: CalendarClock,
      run: () => pick('start'),
      set: task.start !== null,
    },
    {
      ...shared,
      id: 'task.estimate',
      name: t`Change estimate`,
      keys: 'shift+e',
      icon: Hourglass,
      run: () => pick('estimate'),
      set: task.estimate !== null,
    },
    {
      ...shared,
      id: 'task.repeat',
      name: t`Repeat`,
      keys: 'shift+o',
      icon: Repeat,
      run: () => pick('repeat'),
      set: task.recurrence !== null,
    },
    {
      ...shared,
      id: 'task.parent',
      name: t`Make it part of a task`,
      keys: 'shift+p',
      icon: CornerLeftUp,
      run: () => pick('parent'),
      set: task.parent !== null,
    },
  ]
  useCommands(commands)
  const close = () => setOpen(undefined)
  const frame = { anchor: open?.at, open: true, onOpenChange: (on: boolean) => !on && close() }
  const pickers: Record<MoreField, () => ReactNode> = {
    start: () => (
      <DuePicker
        {...frame}
        name={t`Start date`}
        value={task.start}
        onPick={(start) => void act.updateTask(task.id, { start })}
      />
    ),
    estimate: () => <EstimatePicker {...frame} task={task} onDone={close} />,
    parent: () => <ParentPicker {...frame} task={task} />,
    repeat: () => <RepeatPicker {...frame} task={task} />,
  }
  return { pick, commands, picker: open && pickers[open.field]() }
}
