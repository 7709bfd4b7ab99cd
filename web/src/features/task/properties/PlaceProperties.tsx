import { useLingui } from '@lingui/react/macro'
import { CornerLeftUp, Hourglass } from 'lucide-react'

import { ProjectIcon } from '../../../fields/ProjectIcon'
import type { TaskField } from '../../../fields/TaskFieldPicker'
import { useProject, useTask, type Task } from '../../../store'
import { Icon } from '../../../ui/Icon'
import { useEstimateWords } from './estimate'
import { Property } from './Property'
import type { MoreField } from './useMorePickers'

interface PlacePropertiesProps {
  task: Task
  beside: boolean
  pick?: (field: TaskField, anchor: Element) => void
  pickMore?: (field: MoreField, anchor: Element) => void
}

/** How much it is, where it belongs, what it is a part of. */
export function PlaceProperties({ task, pick, pickMore }: PlacePropertiesProps) {
  const { t } = useLingui()
  const project = useProject(task.project)
  const parent = useTask(task.parent ?? '')
  const estimate = useEstimateWords()(task.estimate, project?.estimate_unit ?? 'points')
  return (
    <>
      <Property
        id="estimate"
        name={t`Estimate`}
        set={task.estimate !== null}
        command="task.estimate"
        onPick={pickMore && ((anchor) => pickMore('estimate', anchor))}
      >
        <Icon of={Hourglass} className="text-icon" />
        <span className="truncate">{estimate || t`Add an estimate`}</span>
      </Property>
      <Property
        id="project"
        name={t`Project`}
        set
        command="task.move"
        onPick={pick && ((anchor) => pick('project', anchor))}
      >
        {project && <ProjectIcon project={project} />}
        <span className="truncate">{project?.name}</span>
      </Property>
      <Property
        id="parent"
        name={t`Part of`}
        set={parent !== undefined}
        command="task.parent"
        onPick={pickMore && ((anchor) => pickMore('parent', anchor))}
      >
        <Icon of={CornerLeftUp} className="text-icon rtl:-scale-x-100" />
        <span className="truncate">{parent ? parent.title : t`No other task`}</span>
      </Property>
    </>
  )
}
