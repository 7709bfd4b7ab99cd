import { useActions, type Task, type TaskPatch } from '../store'
import { AssigneePicker } from './AssigneePicker'
import { DuePicker } from './DuePicker'
import { LabelPicker } from './LabelPicker'
import { PriorityPicker } from './PriorityPicker'
import { ProjectPicker } from './ProjectPicker'
import { StatusPicker } from './StatusPicker'
import { common, shared } from './values'

export type TaskField = 'status' | 'priority' | 'assignees' | 'labels' | 'due' | 'project'

interface TaskFieldPickerProps {
  tasks: readonly Task[]
  field: TaskField
  anchor: Element | null
  onClose: () => void
}

/** The picker of one property for one or several tasks, open; what is picked is done at once. */
export function TaskFieldPicker({ tasks, field, anchor, onClose }: TaskFieldPickerProps) {
  const act = useActions()
  const ids = tasks.map((t) => t.id)
  const project = shared(tasks, (t) => t.project)
  const frame = { anchor, open: true, onOpenChange: (open: boolean) => !open && onClose() }
  const change = (patch: TaskPatch) => void act.updateTasks(ids, patch)
  const changeSet = (name: 'assignees' | 'labels', now: readonly string[], next: readonly string[]) => {
    const added = next.filter((id) => !now.includes(id))
    const removed = now.filter((id) => !next.includes(id))
    if (added.length > 0) change({ [`${name}_add`]: added })
    if (removed.length > 0) change({ [`${name}_remove`]: removed })
  }
  switch (field) {
    case 'status':
      return project === undefined ? null : (
        <StatusPicker
          {...frame}
          project={project}
          value={shared(tasks, (t) => t.status)}
          onPick={(status) => change({ status })}
        />
      )
    case 'priority':
      return (
        <PriorityPicker
          {...frame}
          value={shared(tasks, (t) => t.priority)}
          onPick={(priority) => change({ priority })}
        />
      )
    case 'assignees': {
      const now = common(tasks.map((t) => t.assignees))
      return <AssigneePicker {...frame} value={now} onChange={(next) => changeSet('assignees', now, next)} />
    }
    case 'labels': {
      const now = common(tasks.map((t) => t.labels))
      return <LabelPicker {...frame} value={now} onChange={(next) => changeSet('labels', now, next)} />
    }
    case 'due':
      return (
        <DuePicker {...frame} value={tasks.length === 1 ? tasks[0]?.due : null} onPick={(due) => change({ due })} />
      )
    case 'project':
      return <ProjectPicker {...frame} value={project} onPick={(to) => void act.moveTasks(ids, { project: to })} />
  }
}
