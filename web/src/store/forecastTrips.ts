import type { Show } from './forecast'
import { derive, firstOpen, positionOf, statusLike, updateTask } from './forecastTasks'
import type { Task } from './types'

// What becomes of tasks that go somewhere else: to another project, into the trash and back.

export const moveTask: Show<'task.move'> = (f, a) => {
  const top = f.data.get('task', a.id)
  const to = f.data.get('project', a.project)
  if (!top || !to) return
  if (top.project === a.project) {
    updateTask(f, { kind: 'task.update', id: a.id, patch: { status: a.status, place: a.place } })
    return
  }
  const from = f.data.get('project', top.project)
  if (a.children === false) {
    for (const id of f.data.childrenOf.of(a.id)) {
      const child = f.data.get('task', id)!
      f.putTask(id, { ...child, parent: null, child_position: '', updated_at: f.later(child.updated_at) })
    }
  }
  for (const { id } of f.below(a.id)) {
    const t: Task = { ...f.data.get('task', id)! }
    const status = from?.statuses.find((s) => s.id === t.status)
    t.status = (id === a.id && a.status) || (status ? statusLike(to, status) : firstOpen(to))?.id || t.status
    t.project = to.id
    if (from?.access === 'workspace' && t.key) t.previous_keys = [...t.previous_keys, t.key]
    if (id === a.id) Object.assign(t, { parent: null, child_position: '' })
    t.position = positionOf(f, t, to.id, id === a.id ? a.place : undefined) ?? t.position
    t.updated_at = f.later(t.updated_at)
    derive(f, t)
    f.putTask(id, t)
  }
}

export const deleteTask: Show<'task.delete'> = (f, { id }) => {
  for (const t of f.below(id)) {
    f.graves.bury(t, f.now)
    f.putTask(t.id, undefined)
  }
}

export const restoreTask: Show<'task.restore'> = (f, { id }) => {
  for (const { task } of f.graves.of(id)) {
    const project = f.data.get('project', task.project)
    if (!project || f.data.get('task', task.id)) continue
    const t: Task = { ...task, deleted_at: null, updated_at: f.later(task.updated_at) }
    if (!project.statuses.some((s) => s.id === t.status)) t.status = firstOpen(project)?.id ?? t.status
    if (t.parent && !f.data.get('task', t.parent)) Object.assign(t, { parent: null, child_position: '' })
    t.labels = t.labels.filter((l) => f.data.get('label', l))
    derive(f, t)
    f.putTask(t.id, t)
    recount(f, t)
  }
}

/** Not all that was below a task need have come back with it. */
function recount(f: Parameters<typeof restoreTask>[0], t: Task): void {
  if (t.child_count) f.data.tables.task.show(t.id, { ...t, child_count: 0, child_done_count: 0 })
}
