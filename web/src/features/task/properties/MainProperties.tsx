import { useLingui } from '@lingui/react/macro'
import { Tag, UserRound } from 'lucide-react'

import type { TaskField } from '../../../fields/TaskFieldPicker'
import { usePriorityNames } from '../../../fields/values'
import { useLabels, useStatus, useStore, type Task } from '../../../store'
import { Avatar } from '../../../ui/Avatar'
import { Icon } from '../../../ui/Icon'
import { LabelDot } from '../../../ui/LabelDot'
import { PriorityIcon } from '../../../ui/PriorityIcon'
import { StatusIcon } from '../../../ui/StatusIcon'
import { Property } from './Property'

interface MainPropertiesProps {
  task: Task
  pick?: (field: TaskField, anchor: Element) => void
}

/** How far it is, how urgent, whose, of what kind. */
export function MainProperties({ task, pick }: MainPropertiesProps) {
  const { t } = useLingui()
  const status = useStatus(task.status)
  const priorities = usePriorityNames()
  const priority = priorities[task.priority] ?? ''
  const labels = useLabels().filter((l) => task.labels.includes(l.id))
  const people = usePeople(task.assignees)
  const on = (field: TaskField) => pick && ((anchor: Element) => pick(field, anchor))
  return (
    <>
      <Property id="status" name={t`Status`} set command="task.status" onPick={on('status')}>
        <StatusIcon category={status?.category ?? 'todo'} color={status?.color} />
        <span className="truncate">{status?.name}</span>
      </Property>
      <Property
        id="priority"
        name={t`Priority`}
        set={task.priority !== 0}
        always
        command="task.priority"
        onPick={on('priority')}
      >
        <PriorityIcon priority={task.priority} />
        <span className="truncate">{priority}</span>
      </Property>
      <Property
        id="assignees"
        name={people.length > 1 ? t`Assignees` : t`Assignee`}
        set={people.length > 0}
        always
        command="task.assignees"
        onPick={on('assignees')}
      >
        {people.length === 0 ? (
          <>
            <Icon of={UserRound} className="text-icon" />
            <span className="truncate">{t`Assign`}</span>
          </>
        ) : (
          <span className="flex min-w-0 flex-wrap gap-x-3 gap-y-1 py-[3px]">
            {people.map((p) => (
              <span key={p.id} className="flex min-w-0 items-center gap-1.5">
                <Avatar {...p} className="-mx-0.5" />
                <span className="truncate">{p.name}</span>
              </span>
            ))}
          </span>
        )}
      </Property>
      <Property id="labels" name={t`Labels`} set={labels.length > 0} always command="task.labels" onPick={on('labels')}>
        {labels.length === 0 ? (
          <>
            <Icon of={Tag} className="text-icon" />
            <span className="truncate">{t`Add a label`}</span>
          </>
        ) : (
          <span className="flex min-w-0 flex-wrap gap-x-3 gap-y-1 py-[3px]">
            {labels.map((l) => (
              <span key={l.id} className="flex min-w-0 items-center gap-1.5">
                <LabelDot color={l.color} />
                <span className="truncate">{l.name}</span>
              </span>
            ))}
          </span>
        )}
      </Property>
    </>
  )
}

/** Members by their ids, those who have left too. */
function usePeople(ids: readonly string[]): { id: string; name: string }[] {
  const { memory } = useStore()
  const { t } = useLingui()
  return ids.map((id) => ({ id, name: memory.data.get('member', id)?.name ?? t`Somebody who left` }))
}
