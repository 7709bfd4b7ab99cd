import type { Action } from './action'
import { newID } from './ids'
import type { Memory } from './memory'
import type { ID, Place, Task, TaskPatch } from './types'

/** What takes an action back, as things are before it is shown; null if nothing can. */
export function inverse(m: Memory, a: Action): Action | null {
  const { data } = m
  switch (a.kind) {
    case 'task.create':
      return { kind: 'task.delete', id: a.task.id }
    case 'task.update': {
      const t = data.get('task', a.id)
      return t ? { kind: 'task.update', id: a.id, patch: patchBack(m, t, a.patch) } : null
    }
    case 'task.move': {
      const t = data.get('task', a.id)
      return t
        ? { kind: 'task.move', id: a.id, project: t.project, status: t.status, place: placeBack(m, t), children: true }
        : null
    }
    case 'task.delete':
      return { kind: 'task.restore', id: a.id }
    case 'task.restore':
      return { kind: 'task.delete', id: a.id }
    case 'comment.create':
      return { kind: 'comment.delete', id: a.id, task: a.task }
    case 'comment.update':
    case 'comment.delete': {
      const c = data.get('comment', a.id)
      if (!c) return null
      if (a.kind === 'comment.update') return { kind: 'comment.update', id: a.id, task: a.task, body: c.body }
      return { kind: 'comment.create', id: newID(), task: a.task, body: c.body }
    }
    case 'relation.create':
      return { ...a, kind: 'relation.delete' }
    case 'relation.delete':
      return { ...a, kind: 'relation.create' }
    case 'batch': {
      const all = a.actions.map((one) => inverse(m, one)).filter((one) => one !== null)
      return all.length ? { kind: 'batch', actions: all.reverse() } : null
    }
  }
  return inverseOfRest(m, a)
}

type Rest = Extract<Action, { kind: `${'label' | 'project' | 'status' | 'view'}.${string}` }>

function inverseOfRest(m: Memory, a: Rest): Action | null {
  const { data } = m
  switch (a.kind) {
    case 'label.create':
      return { kind: 'label.delete', id: a.label.id }
    case 'label.update': {
      const l = data.get('label', a.id)
      return l ? { kind: 'label.update', id: a.id, patch: back(l, a.patch) } : null
    }
    case 'label.delete': {
      const l = data.get('label', a.id)
      if (!l) return null
      const label = { id: newID(), name: l.name, color: l.color }
      const tasks = [...data.all('task')].filter((t) => t.labels.includes(a.id))
      const again = tasks.map((t): Action => ({ kind: 'task.update', id: t.id, patch: { labels_add: [label.id] } }))
      return { kind: 'batch', actions: [{ kind: 'label.create', label }, ...again] }
    }
    case 'project.create':
      return { kind: 'project.delete', id: a.project.id }
    case 'project.update': {
      const p = data.get('project', a.id)
      if (!p) return null
      const place = a.patch.place && before(m.reads.projects(), a.id)
      return { kind: 'project.update', id: a.id, patch: { ...back(p, a.patch), ...(place ? { place } : {}) } }
    }
    case 'project.delete':
      return { kind: 'project.restore', id: a.id }
    case 'project.restore':
      return { kind: 'project.delete', id: a.id }
    case 'status.create':
      return { kind: 'status.delete', project: a.project, id: a.status.id }
    case 'status.update': {
      const statuses = data.get('project', a.project)?.statuses ?? []
      const s = statuses.find((s) => s.id === a.id)
      const place = a.patch.place && before(statuses, a.id)
      return s ? { ...a, patch: { ...back(s, a.patch), ...(place ? { place } : {}) } } : null
    }
    case 'status.delete': {
      const statuses = data.get('project', a.project)?.statuses ?? []
      const s = statuses.find((s) => s.id === a.id)
      if (!s) return null
      const status = { ...s, place: before(statuses, a.id) }
      const tasks = Array.from(data.tasksOf.of(a.project), (id) => data.get('task', id)!).filter(
        (t) => t.status === a.id,
      )
      const again = tasks.map((t): Action => ({ kind: 'task.update', id: t.id, patch: { status: a.id } }))
      return { kind: 'batch', actions: [{ kind: 'status.create', project: a.project, status }, ...again] }
    }
    case 'view.create':
      return { kind: 'view.delete', id: a.view.id }
    case 'view.update': {
      const v = data.get('view', a.id)
      if (!v) return null
      const place =
        a.patch.place &&
        before(
          m.reads.views().filter((o) => o.shared === v.shared),
          a.id,
        )
      return { kind: 'view.update', id: a.id, patch: { ...back(v, a.patch), ...(place ? { place } : {}) } }
    }
    case 'view.delete': {
      const v = data.get('view', a.id)
      if (!v) return null
      const { name, shared, project, query, sort, group_by, layout, settings } = v
      const view = {
        id: newID(),
        name,
        shared,
        query,
        sort,
        group_by,
        layout,
        settings,
        ...(project ? { project } : {}),
      }
      return { kind: 'view.create', view }
    }
  }
}

/** The values that the fields of a patch have now. */
function back<T extends object, P extends object>(row: T, patch: P): P {
  const names = Object.keys(patch).filter((n) => n !== 'place' && patch[n as never] !== undefined)
  return Object.fromEntries(names.map((n) => [n, row[n as keyof T]])) as P
}

function patchBack(m: Memory, t: Task, p: TaskPatch): TaskPatch {
  const {
    place,
    description,
    assignees,
    assignees_add,
    assignees_remove,
    labels,
    labels_add,
    labels_remove,
    ...plain
  } = p
  const out: TaskPatch = back(t, plain)
  const text = description === undefined ? undefined : (m.waiting.description(t.id) ?? m.texts.peek(t.id))
  if (text !== undefined) out.description = text
  Object.assign(out, listBack('assignees', t.assignees, assignees, assignees_add, assignees_remove))
  Object.assign(out, listBack('labels', t.labels, labels, labels_add, labels_remove))
  if (place || p.parent !== undefined) out.place = placeBack(m, t, place)
  return out
}

/** What was added is removed again and the other way round; what others do to the list meanwhile stays. */
function listBack(name: string, was: ID[], now: ID[] | undefined, add: ID[] = [], remove: ID[] = []): TaskPatch {
  const added = [...(now ?? []), ...add].filter((id) => !was.includes(id) && !remove.includes(id))
  const removed = was.filter((id) => remove.includes(id) || (now && !now.includes(id) && !add.includes(id)))
  const out: Record<string, ID[]> = {}
  if (added.length) out[`${name}_remove`] = added
  if (removed.length) out[`${name}_add`] = removed
  return out as TaskPatch
}

/** The place that something has in a list. */
function before(list: readonly { id: ID }[], id: ID): Place {
  const i = list.findIndex((o) => o.id === id)
  return i > 0 ? { after: list[i - 1]!.id } : 'first'
}

/** The place that a task has among its siblings or, if it has none or is to go beside no sibling, in its project. */
function placeBack(m: Memory, t: Task, place?: Place): Place {
  const ref = typeof place === 'object' ? (place.after ?? place.before) : undefined
  const beside = ref === undefined ? undefined : m.data.task(ref)
  const among = t.parent && (!beside || beside.parent === t.parent) ? t.parent : undefined
  const at = (o: Task) => (among ? o.child_position : o.position)
  let nearest: Task | undefined
  for (const id of among ? m.data.childrenOf.of(among) : m.data.tasksOf.of(t.project)) {
    const o = m.data.get('task', id)!
    if (o.id !== t.id && at(o) <= at(t) && (!nearest || at(o) > at(nearest))) nearest = o
  }
  return nearest ? { after: nearest.id } : 'first'
}
