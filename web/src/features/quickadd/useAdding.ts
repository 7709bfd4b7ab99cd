import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'

import { newID, useActions, useWorkspace, useZone, type NewTask } from '../../store'
import { toast } from '../../ui/Toast'
import { taskOf, type Defaults } from './newTask'
import type { Read } from './useReading'

/** Makes tasks of lines, all of them with one undo. Answers false, and makes none, if one of them has no project. */
export function useAdding(read: Read, defaults: Defaults) {
  const { t } = useLingui()
  const act = useActions()
  const zone = useZone()
  const navigate = useNavigate()
  const { slug } = useWorkspace()
  return (lines: readonly { line: string; refused?: ReadonlySet<string>; description?: string }[]): boolean => {
    const tasks = lines.map(({ line, refused, description }): (NewTask & { id: string }) | undefined => {
      const { parsed, project } = read(line, refused)
      if (!project) return undefined
      // What is nothing but properties keeps its words as its title.
      const task = taskOf({ ...parsed, title: parsed.title || line.trim() }, project, defaults, zone)
      return { ...task, id: newID(), ...(description?.trim() ? { description } : {}) }
    })
    if (tasks.some((task) => !task)) return false
    const [first, ...more] = tasks as (NewTask & { id: string })[]
    if (!first) return false
    const { undo } = act.all(...[first, ...more].map((task) => ({ kind: 'task.create' as const, task })))
    const open = () => void navigate({ to: '/$workspace/t/$task', params: { workspace: slug, task: first.id } })
    if (more.length > 0) toast({ text: t`${more.length + 1} tasks added`, undo })
    else toast({ text: t`Task added`, undo, action: { name: t`Open`, run: open } })
    return true
  }
}
