import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'

import { ProjectIcon } from '../../fields/ProjectIcon'
import { TaskKey } from '../../fields/TaskKey'
import { useProject, useTask, useWorkspace, type Task } from '../../store'
import { TaskLink } from './TaskLink'

/** Where a task stands: its project, the task that it is a part of, its key. */
export function Crumbs({ task, beside }: { task: Task; beside?: boolean }) {
  const { t } = useLingui()
  const workspace = useWorkspace().slug
  const project = useProject(task.project)
  const parent = useTask(task.parent ?? '')
  return (
    <nav aria-label={t`Where this task is`} className="flex min-w-0 items-center gap-2">
      {project && (
        <Link
          to="/$workspace/p/$project"
          params={{ workspace, project: project.key }}
          className="text-muted hover:text-ink flex min-w-0 items-center gap-1.5"
        >
          <ProjectIcon project={project} />
          <span className="truncate">{project.name}</span>
        </Link>
      )}
      <Stroke />
      {parent && (
        <>
          <TaskLink task={parent} beside={beside} title={parent.title} className="text-muted hover:text-ink shrink-0">
            {parent.key}
          </TaskLink>
          <Stroke />
        </>
      )}
      {task.key ? (
        <TaskKey id={task.key} className="text-sm" />
      ) : (
        <span className="text-muted shrink-0" title={t`It gets its key when it is saved`}>
          {t`New`}
        </span>
      )}
    </nav>
  )
}

function Stroke() {
  return (
    <span aria-hidden className="text-line-strong">
      /
    </span>
  )
}
