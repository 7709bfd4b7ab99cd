import { ProjectIcon } from '../../fields/ProjectIcon'
import { useProject, type Task } from '../../store'

/** A title among tasks of several projects: its project's sign before it, its name quietly behind it. */
export function TitleInProject({ task }: { task: Task }) {
  const project = useProject(task.project)
  return (
    <span className="flex min-w-0 items-center gap-2">
      {project && (
        <span title={project.name} className="shrink-0">
          <ProjectIcon project={project} />
        </span>
      )}
      <span className="truncate">{task.title}</span>
      {project && (
        <span className="text-muted max-w-40 shrink-0 truncate text-xs max-phone:sr-only">{project.name}</span>
      )}
    </span>
  )
}
