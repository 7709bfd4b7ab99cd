import { useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { useId, useState } from 'react'

import { useActions, useChildren, type Task } from '../../../store'
import { useCommands } from '../../../ui/commands'
import { IconButton } from '../../../ui/IconButton'
import { announce } from '../../../ui/LiveRegion'
import { Progress } from '../../../ui/Progress'
import type { RegionProps } from '../region'
import { SectionHead } from '../SectionHead'
import { AddSubTask } from './AddSubTask'
import { SubTaskLine } from './SubTaskLine'

/** The parts of a task: how far they are, each to tick, to open, to move by keyboard, and a field for more. */
export function SubTasks({ task, beside, can }: RegionProps) {
  const { t } = useLingui()
  const heading = useId()
  const act = useActions()
  const children = useChildren(task.id)
  const [adding, setAdding] = useState(false)
  useCommands([
    {
      id: 'task.sub-task',
      name: t`Add a sub-task`,
      group: t`Task`,
      keys: 'shift+s',
      icon: Plus,
      enabled: can.edit,
      run: () => setAdding(true),
    },
  ])
  const done = children.filter((c) => c.completed_at !== null).length
  const all = children.length
  if (all === 0 && !adding) return null

  const move = (child: Task, by: 1 | -1) => {
    const at = children.findIndex((c) => c.id === child.id)
    const beside = children[at + by]
    if (!beside) return
    act.updateTask(child.id, { place: by > 0 ? { after: beside.id } : { before: beside.id } })
    const place = at + by + 1
    announce(t`${child.title}, ${place} of ${all}`)
  }
  return (
    <section aria-labelledby={heading}>
      <SectionHead
        id={heading}
        name={t`Sub-tasks`}
        action={
          can.edit && (
            <IconButton icon={Plus} name={t`Add a sub-task`} command="task.sub-task" onClick={() => setAdding(true)} />
          )
        }
      >
        {all > 0 && (
          <>
            <span className="text-muted text-xs">
              {done}/{all}
            </span>
            <Progress value={done / all} name={t`${done} of ${all} sub-tasks done`} className="w-16!" />
          </>
        )}
      </SectionHead>
      {all > 0 && (
        <ul className="-mx-2 mt-1">
          {children.map((child) => (
            <SubTaskLine
              key={child.id}
              task={child}
              beside={beside}
              canEdit={can.edit}
              onMove={can.edit ? (by) => move(child, by) : undefined}
            />
          ))}
        </ul>
      )}
      {adding && can.edit && <AddSubTask parent={task} onClose={() => setAdding(false)} />}
    </section>
  )
}
