import { useActions, useProjects, type Task } from '../store'

/** Takes tasks to their project's first status that is done, or, if they all are completed, back to one that is to do. */
export function useToggleDone(): (tasks: readonly Task[]) => { undo: () => void } | undefined {
  const act = useActions()
  const projects = useProjects()
  return (tasks) => {
    const reopen = tasks.every((t) => t.completed_at !== null)
    const wanted = reopen ? (['todo', 'backlog', 'doing'] as const) : (['done'] as const)
    const changes = tasks.flatMap((task) => {
      const statuses = projects.find((p) => p.id === task.project)?.statuses ?? []
      const status = wanted.map((c) => statuses.find((s) => s.category === c)).find((s) => s !== undefined)
      return status && (reopen || task.completed_at === null)
        ? [{ kind: 'task.update' as const, id: task.id, patch: { status: status.id } }]
        : []
    })
    return changes.length > 0 ? act.all(...changes) : undefined
  }
}
