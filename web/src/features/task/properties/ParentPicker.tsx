import { useLingui } from '@lingui/react/macro'

import { useActions, useStore, type Task } from '../../../store'
import { TaskPicker, type TaskPickerFrame } from '../TaskPicker'

/** Makes a task a part of another one, or of none. */
export function ParentPicker({ task, ...frame }: TaskPickerFrame & { task: Task }) {
  const { t } = useLingui()
  const act = useActions()
  const { memory } = useStore()
  const below = (other: Task): boolean => {
    for (let at: Task | undefined = other, steps = 0; at && steps < 100; steps++) {
      if (at.id === task.id) return true
      at = at.parent ? memory.data.get('task', at.parent) : undefined
    }
    return false
  }
  return (
    <TaskPicker
      {...frame}
      name={t`Part of which task`}
      value={task.parent ?? undefined}
      fits={(other) => other.project === task.project && !below(other)}
      none={task.parent ? t`Not part of another task` : undefined}
      onPick={(parent) => void act.updateTask(task.id, { parent: parent ?? null })}
    />
  )
}
