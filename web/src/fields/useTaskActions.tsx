import { useLingui } from '@lingui/react/macro'
import {
  CalendarDays,
  CircleCheck,
  CircleDot,
  Copy,
  FolderInput,
  SignalHigh,
  Tag,
  Trash2,
  UserRound,
  UserRoundCheck,
} from 'lucide-react'
import { useState, type ReactNode, type RefObject } from 'react'

import { useActions, useMe, type Task } from '../store'
import { useCommands, type Command } from '../ui/commands'
import type { MenuEntry } from '../ui/Menu'
import { part, useSoon } from '../ui/part'
import { toast } from '../ui/Toast'
import { copyText } from './copy'
import { useCanEdit } from './useCanEdit'
import type { TaskField } from './TaskFieldPicker'
import { useToggleDone } from './useToggleDone'

const TaskFieldPicker = part(async () => ({ default: (await import('./TaskFieldPicker')).TaskFieldPicker }))

interface TaskActions {
  /** For a menu on the tasks: every action with its key. */
  menu: readonly MenuEntry[]
  /** The picker that is open, to be drawn once by the screen. */
  picker: ReactNode
  /** Opens the picker of a property beside an element. */
  pick: (field: TaskField, anchor?: Element | null) => void
}

/**
 * What can be done to some tasks: the one under the cursor, those that are selected, the one that is open. The keys work
 * as long as the screen that calls this is shown and there are tasks.
 */
export function useTaskActions(
  tasks: readonly Task[],
  {
    anchor,
    address,
    onDeleted,
  }: {
    /** Where pickers stand that keys open: an element, or one for each property. */
    anchor?: RefObject<Element | null> | ((field: TaskField) => Element | null)
    address?: (t: Task) => string
    onDeleted?: () => void
  },
): TaskActions {
  const { t } = useLingui()
  useSoon(TaskFieldPicker)
  const act = useActions()
  const me = useMe().id
  const toggleDone = useToggleDone()
  const [open, setOpen] = useState<{ field: TaskField; at: Element | null }>()
  const ids = tasks.map((task) => task.id)
  const may = useCanEdit(tasks)
  const first = tasks[0]

  const pick = (field: TaskField, at?: Element | null) => {
    const usual = typeof anchor === 'function' ? anchor(field) : (anchor?.current ?? null)
    setOpen({ field, at: at ?? usual })
  }
  const remove = () => {
    const { undo } = act.deleteTasks(ids)
    onDeleted?.()
    toast({ text: tasks.length === 1 ? t`Task moved to the trash` : t`${tasks.length} tasks moved to the trash`, undo })
  }
  const assignMe = () => {
    const mine = tasks.every((task) => task.assignees.includes(me))
    act.updateTasks(ids, mine ? { assignees_remove: [me] } : { assignees_add: [me] })
  }
  const copy = () => {
    if (!address || !first) return
    void copyText(tasks.map(address).join('\n')).then((done) =>
      toast({ text: done ? t`Link copied` : t`The browser does not allow copying` }),
    )
  }

  const group = t`Tasks`
  const commands: Command[] = [
    { id: 'task.done', name: t`Mark as done`, keys: 'e', icon: CircleCheck, run: () => toggleDone(tasks) },
    { id: 'task.status', name: t`Change status`, keys: 's', icon: CircleDot, run: () => pick('status') },
    { id: 'task.priority', name: t`Change priority`, keys: 'p', icon: SignalHigh, run: () => pick('priority') },
    { id: 'task.assignees', name: t`Change assignees`, keys: 'a', icon: UserRound, run: () => pick('assignees') },
    { id: 'task.mine', name: t`Assign to me`, keys: 'i', icon: UserRoundCheck, run: assignMe },
    { id: 'task.labels', name: t`Change labels`, keys: 'l', icon: Tag, run: () => pick('labels') },
    { id: 'task.due', name: t`Change due date`, keys: 'd', icon: CalendarDays, run: () => pick('due') },
    {
      id: 'task.move',
      name: t`Move to another project`,
      keys: 'shift+m',
      icon: FolderInput,
      run: () => pick('project'),
    },
    { id: 'task.delete', name: t`Delete`, keys: ['delete', 'mod+backspace'], icon: Trash2, run: remove },
  ].map((c) => ({ ...c, group, enabled: may }))
  const copying: Command = {
    id: 'task.copy',
    name: t`Copy link`,
    keys: 'mod+shift+c',
    icon: Copy,
    group,
    run: copy,
    enabled: tasks.length > 0 && address !== undefined,
  }
  useCommands([...commands, copying])

  const menu: MenuEntry[] = [
    ...commands.slice(0, 7),
    'line' as const,
    commands[7],
    copying,
    'line' as const,
    commands[8],
  ].flatMap((c): MenuEntry[] => {
    if (c === undefined) return []
    if (c === 'line') return ['line']
    return [
      {
        name: c.name,
        icon: c.icon,
        command: c.id,
        disabled: c.enabled === false,
        danger: c.id === 'task.delete',
        run: () => c.run(),
      },
    ]
  })
  return {
    menu,
    pick,
    picker: open && may && (
      <TaskFieldPicker tasks={tasks} field={open.field} anchor={open.at} onClose={() => setOpen(undefined)} />
    ),
  }
}
