import { pastFrom, iso } from '../dates/days'
import type { Forecast, Show } from './forecast'
import { Gap } from './position'
import { same } from './same'
import type { ID, Place, Project, Status, Task, TaskPatch, When } from './types'

export const completes = (s: Status | undefined) => s?.category === 'done' || s?.category === 'canceled'

/** The status that a new task gets: the first to do, or the first that does not complete it. */
export function firstOpen(p: Project): Status | undefined {
  return p.statuses.find((s) => s.category === 'todo') ?? p.statuses.find((s) => !completes(s)) ?? p.statuses[0]
}

/** The status most like one of another project: by name, then by category. */
export function statusLike(p: Project, s: Status | undefined): Status | undefined {
  const name = s?.name.toLowerCase()
  return (
    p.statuses.find((o) => o.name.toLowerCase() === name) ??
    p.statuses.find((o) => o.category === s?.category) ??
    firstOpen(p)
  )
}

export const createTask: Show<'task.create'> = (f, { task: n }) => {
  const project = f.data.get('project', n.project)
  if (!project || f.data.get('task', n.id)) return
  const parent = n.parent ? (f.data.task(n.parent)?.id ?? null) : null
  const assignees = set(n.assignees)
  const task: Task = {
    id: n.id,
    project: n.project,
    title: n.title,
    status: n.status ?? firstOpen(project)?.id ?? '',
    priority: n.priority ?? 0,
    assignees,
    labels: set(n.labels),
    due: when(n.due),
    start: when(n.start),
    estimate: n.estimate ?? null,
    parent,
    external: n.external ?? null,
    recurrence: n.recurrence ?? null,
    custom: n.custom ?? null,
    ical_uid: n.ical_uid ?? null,
    series: null,
    key: '',
    number: 0,
    previous_keys: [],
    position: '',
    child_position: '',
    author: { user: f.me.id, name: f.me.name },
    subscribers: set([f.me.id, ...assignees]),
    version: 0,
    created_by: f.me.id,
    created_at: f.now,
    updated_at: f.now,
    due_at: null,
    completed_at: null,
    deleted_at: null,
    comment_count: 0,
    attachment_count: 0,
    child_count: 0,
    child_done_count: 0,
  }
  task.position = positionOf(f, task, project.id, parent ? undefined : n.place) ?? ''
  if (parent) task.child_position = positionOf(f, task, parent, n.place, true) ?? ''
  derive(f, task)
  f.putTask(task.id, task)
}

export const updateTask: Show<'task.update'> = (f, { id, patch }) => {
  const old = f.data.get('task', id)
  if (!old) return
  const t = patched(f, old, patch)
  if (patch.place) place(f, t, patch.place)
  derive(f, t)
  if (same(old, t)) return
  t.updated_at = f.later(old.updated_at)
  f.putTask(id, t)
}

/** A task with a patch's values, but for its place and what follows from them. */
function patched(f: Forecast, old: Task, p: TaskPatch): Task {
  const t = { ...old }
  for (const name of [
    'title',
    'priority',
    'status',
    'estimate',
    'external',
    'recurrence',
    'custom',
    'ical_uid',
  ] as const) {
    if (p[name] !== undefined) (t[name] as unknown) = p[name]
  }
  if (p.due !== undefined) t.due = when(p.due)
  if (p.start !== undefined) t.start = when(p.start)
  t.assignees = changed(t.assignees, p.assignees, p.assignees_add, p.assignees_remove)
  t.labels = changed(t.labels, p.labels, p.labels_add, p.labels_remove)
  const added = t.assignees.filter((a) => !old.assignees.includes(a))
  if (added.length) t.subscribers = set([...t.subscribers, ...added])
  if (p.parent === undefined) return t
  const parent = p.parent ? f.data.task(p.parent) : undefined
  if (p.parent && !parent) return t
  t.parent = parent?.id ?? null
  if (!parent) t.child_position = ''
  else if (old.parent !== parent.id) t.child_position = positionOf(f, t, parent.id, undefined, true) ?? ''
  return t
}

/** Puts a task elsewhere: among its siblings if it has any and the place names none but them, else in its project. */
function place(f: Forecast, t: Task, place: Place): void {
  const ref = typeof place === 'object' ? (place.after ?? place.before) : undefined
  const beside = ref === undefined ? undefined : f.data.task(ref)
  if (t.parent && (!beside || beside.parent === t.parent)) {
    t.child_position = positionOf(f, t, t.parent, place, true) ?? t.child_position
  } else {
    t.position = positionOf(f, t, t.project, place) ?? t.position
  }
}

/** The position that a task gets in a project's order, or in the order of a parent's children. */
export function positionOf(f: Forecast, t: Task, list: ID, place?: Place, child = false): string | undefined {
  const key = `${t.id} ${list} ${JSON.stringify(place)}`
  const known = f.positions.get(key)
  if (known !== undefined) return known
  const ids = child ? f.data.childrenOf.of(list) : f.data.tasksOf.of(list)
  const where = (o: Task) => (child ? o.child_position : o.position)
  const ref = typeof place === 'object' ? (place.after ?? place.before) : undefined
  const beside = ref === undefined ? undefined : f.data.task(ref)
  if (ref !== undefined && !(beside && beside.id !== t.id && ids.has(beside.id))) return undefined
  const gap = new Gap(place, beside && where(beside))
  for (const id of ids) if (id !== t.id) gap.pass(where(f.data.get('task', id)!))
  const at = gap.position()
  f.positions.set(key, at)
  return at
}

/** Sets what follows from other fields. */
export function derive(f: Forecast, t: Task): void {
  const past = t.due ? pastFrom(t.due) : undefined
  t.due_at = past === undefined ? null : iso(past)
  const status = f.data.get('project', t.project)?.statuses.find((s) => s.id === t.status)
  t.completed_at = completes(status) ? (t.completed_at ?? f.now) : null
}

export function when(w: When | string | null | undefined): When | null {
  if (!w) return null
  if (typeof w === 'string') return { date: w, time: null, time_zone: null }
  return { date: w.date, time: w.time ?? null, time_zone: w.time_zone ?? null }
}

function changed(list: ID[], now?: ID[], add: ID[] = [], remove: ID[] = []): ID[] {
  const out = set([...(now ?? list), ...add]).filter((id) => !remove.includes(id))
  return same(out, list) ? list : out
}

function set(list: readonly ID[] = []): ID[] {
  return [...new Set(list)]
}
