import type { Forecast, Show } from './forecast'
import { completes, derive } from './forecastTasks'
import { freeKey, keyed } from './keys'
import { placed } from './position'
import { defined, same } from './same'
import type { ID, Place, Project, SavedView, Status, Task } from './types'

// What tasks are in, and what they are looked at through.

export const createProject: Show<'project.create'> = (f, { project: n }) => {
  if (f.data.get('project', n.id)) return
  f.put('project', n.id, {
    id: n.id,
    name: n.name,
    key: n.key?.toUpperCase() || freeKey(n.name, f.data.all('project')),
    former_keys: [],
    description: n.description ?? '',
    color: n.color ?? '',
    icon: n.icon ?? '',
    access: n.access === 'private' ? 'private' : 'workspace',
    archived: false,
    estimate_unit: n.estimate_unit === 'minutes' ? 'minutes' : 'points',
    statuses: (n.statuses ?? []).map((s) => statusOf({ ...s, id: s.id ?? '' })),
    position: position(f, 'project', n.id, n.place),
    version: 0,
    created_by: f.me.id,
    created_at: f.now,
    updated_at: f.now,
    deleted_at: null,
  } satisfies Project)
}

export const updateProject: Show<'project.update'> = (f, { id, patch }) => {
  const old = f.data.get('project', id)
  if (!old) return
  const { place, ...fields } = patch
  const p: Project = { ...old, ...defined(fields), updated_at: f.later(old.updated_at) }
  p.key = p.key.toUpperCase()
  if (p.key !== old.key) p.former_keys = [...old.former_keys.filter((k) => k !== p.key), old.key]
  if (place) p.position = position(f, 'project', id, place)
  f.put('project', id, p)
  if (p.key !== old.key) for (const t of tasksIn(f, id)) f.putTask(t.id, keyed(t, old, p))
}

export const deleteProject: Show<'project.delete'> = (f, { id }) => {
  for (const t of tasksIn(f, id)) f.data.tables.task.show(t.id, undefined)
  for (const v of [...f.data.all('view')]) if (v.project === id) f.put('view', v.id, undefined)
  f.put('project', id, undefined)
}

export const restoreProject: Show<'project.restore'> = (f, { id }) => {
  for (const { kind, row } of f.graves.project(id)) {
    if (!f.data.get(kind, row.id)) f.data.tables[kind].show(row.id, row as never)
  }
}

export const createStatus: Show<'status.create'> = (f, { project, status }) => {
  const p = f.data.get('project', project)
  if (!p || p.statuses.some((s) => s.id === status.id)) return
  f.put('project', project, { ...p, statuses: inserted(p.statuses, statusOf(status), status.place) })
}

export const updateStatus: Show<'status.update'> = (f, { project, id, patch }) => {
  const p = f.data.get('project', project)
  const old = p?.statuses.find((s) => s.id === id)
  if (!p || !old) return
  const { place, ...fields } = patch
  const now: Status = { ...old, ...defined(fields) }
  const statuses = place
    ? inserted(
        p.statuses.filter((s) => s !== old),
        now,
        place,
      )
    : p.statuses.map((s) => (s === old ? now : s))
  if (same(statuses, p.statuses)) return
  f.put('project', project, { ...p, statuses })
  if (completes(old) !== completes(now)) eachIn(f, project, id, () => undefined)
}

export const deleteStatus: Show<'status.delete'> = (f, { project, id, to }) => {
  const p = f.data.get('project', project)
  if (!p?.statuses.some((s) => s.id === id)) return
  f.put('project', project, { ...p, statuses: p.statuses.filter((s) => s.id !== id) })
  if (to) eachIn(f, project, id, (t) => (t.status = to))
}

export const createView: Show<'view.create'> = (f, { view: n }) => {
  if (f.data.get('view', n.id)) return
  f.put('view', n.id, {
    id: n.id,
    name: n.name,
    shared: n.shared ?? false,
    owner: f.me.id,
    project: n.project ?? null,
    query: n.query,
    sort: n.sort ?? '',
    group_by: n.group_by ?? '',
    layout: n.layout === 'board' ? 'board' : 'list',
    settings: n.settings ?? {},
    position: position(f, 'view', n.id, undefined, (v) => sameList(v, n.shared ?? false, f.me.id)),
    version: 0,
    created_at: f.now,
    updated_at: f.now,
  } satisfies SavedView)
}

export const updateView: Show<'view.update'> = (f, { id, patch }) => {
  const old = f.data.get('view', id)
  if (!old) return
  const { place, ...fields } = patch
  const v: SavedView = { ...old, ...defined(fields), updated_at: f.later(old.updated_at) }
  if (place || v.shared !== old.shared) {
    v.position = position(f, 'view', id, place, (o) => sameList(o, v.shared, v.owner))
  }
  f.put('view', id, v)
}

export const deleteView: Show<'view.delete'> = (f, { id }) => f.put('view', id, undefined)

function sameList(v: SavedView, shared: boolean, owner: ID): boolean {
  return v.shared === shared && (shared || v.owner === owner)
}

function tasksIn(f: Forecast, project: ID): Task[] {
  return Array.from(f.data.tasksOf.of(project), (id) => f.data.get('task', id)!)
}

function eachIn(f: Forecast, project: ID, status: ID, change: (t: Task) => void): void {
  for (const { id } of tasksIn(f, project)) {
    const old = f.data.get('task', id)! // counts of what is below it may be others by now
    if (old.status !== status) continue
    const t = { ...old, updated_at: f.later(old.updated_at) }
    change(t)
    derive(f, t)
    f.putTask(t.id, t)
  }
}

function statusOf(s: { id: ID; name: string; category?: string; color?: string }): Status {
  return { id: s.id, name: s.name, category: (s.category ?? 'todo') as Status['category'], color: s.color ?? '' }
}

function inserted(list: readonly Status[], s: Status, place: Place | undefined): Status[] {
  const out = [...list]
  const i = typeof place === 'object' ? out.findIndex((o) => o.id === (place.after ?? place.before)) : -1
  if (place === 'first') out.unshift(s)
  else if (typeof place !== 'object' || i < 0) out.push(s)
  else out.splice(place.after ? i + 1 : i, 0, s)
  return out
}

function position<K extends 'project' | 'view'>(
  f: Forecast,
  kind: K,
  id: ID,
  place: Place | undefined,
  among: (row: SavedView) => boolean = () => true,
): string {
  const known = f.positions.get(id)
  if (known !== undefined) return known
  const others = [...f.data.all(kind)].filter((o) => among(o as SavedView)).map((o) => ({ id: o.id, at: o.position }))
  const at = placed(others, id, place) ?? placed(others, id, 'last')!
  f.positions.set(id, at)
  return at
}
