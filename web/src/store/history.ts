import type { Confirmed } from './confirmed'
import type { Applied } from './engine'
import { keyed } from './keys'
import { same } from './same'
import type { Entities, HistoryEvent, ID, Kind, Member, Project, Task } from './types'

export type Demand = Pick<Applied, 'reload' | 'tasks'>

const formerMember = 'Former member'

/** Follows one event of the history. Gives what it does not tell itself. */
export function follow(c: Confirmed, e: HistoryEvent, me: ID): Demand {
  const id = e.entity_id
  switch (e.type) {
    case 'access.granted':
      return { reload: e.entity === 'project' ? id : 'all' }
    case 'access.revoked':
      if (e.entity !== 'project') return { reload: 'all' }
      c.dropProject(id) // it is not dead: it may come into sight again as it is
      return {}
    case 'project.purged':
      c.dropProject(id, e.seq)
      return {}
    case 'grant.updated':
    case 'grant.deleted':
      followGrant(c, e, me)
      return {}
  }
  if (!isKind(e.entity) || c.versionOf(e.entity, id) >= e.seq) return {}
  const verb = e.type.slice(e.type.indexOf('.') + 1)
  if (verb === 'deleted' || verb === 'purged') remove(c, e, e.entity)
  else if (e.changed.length > 0 && verb !== 'restored') merge(c, e, e.entity)
  else return add(c, e, e.entity)
  return {}
}

function isKind(entity: string): entity is Kind {
  return ['project', 'label', 'member', 'view', 'task', 'comment', 'attachment', 'relation'].includes(entity)
}

function followGrant(c: Confirmed, e: HistoryEvent, me: ID): void {
  const g = e.data as Partial<Entities['grant']>
  if (!g.project || g.user !== me) return
  const id = grantID(g.project, me)
  if (c.versionOf('grant', id) >= e.seq) return
  if (e.type === 'grant.deleted') c.drop('grant', id, e.seq)
  else c.put('grant', { id, project: g.project, user: me, role: g.role!, version: e.seq })
}

export const grantID = (project: ID, user: ID) => `${project}/${user}`

function remove(c: Confirmed, e: HistoryEvent, kind: Kind): void {
  if (kind === 'task') {
    const task = c.get('task', e.entity_id)
    const rest = c.dropTask(e.entity_id, e.seq)
    const at = (e.data as Partial<Task> | null)?.deleted_at
    if (task && at) c.graves.bury(task, at, rest)
  } else if (kind === 'project') {
    c.graves.buryProject(e.entity_id, c.dropProject(e.entity_id, e.seq))
  } else {
    c.drop(kind, e.entity_id, e.seq)
  }
}

/** Takes something that is new, or back. */
function add(c: Confirmed, e: HistoryEvent, kind: Kind): Demand {
  const data = e.data as (Entities[Kind] & { description?: string }) | null
  if (!data?.id) return {} // what it told of is gone for good
  if (kind === 'member') anonymize(c, c.get('member', data.id), data as Member)
  c.put(kind, { ...data, version: e.seq } as never)
  if (kind === 'project' && e.type === 'project.restored') {
    for (const row of c.graves.project(data.id)) if (row.kind !== 'project') c.load(row)
    return { reload: data.id }
  }
  if (kind !== 'task') return {}
  const task = data as Task
  for (const r of c.graves.rise(task.id)) {
    const isLoose = r.kind === 'relation' && !(c.get('task', r.row.task) && c.get('task', r.row.other))
    if (!isLoose) c.load(r)
  }
  // what was in the trash or in a project out of sight has a past that no event tells
  const isNew = e.type === 'task.created' && task.created_at === e.at && task.previous_keys.length === 0
  return isNew || !hasPast(task, e) ? {} : { tasks: [task.id] }
}

function hasPast(t: Task, e: HistoryEvent): boolean {
  return e.type === 'task.restored' || t.comment_count + t.attachment_count > 0 || t.created_at < e.at
}

function merge(c: Confirmed, e: HistoryEvent, kind: Kind): void {
  const old = c.get(kind, e.entity_id)
  const data = e.data as object | null
  if (!data) return
  if (!old) {
    if ('id' in data && 'version' in data) c.put(kind, { ...data, version: e.seq } as never)
    return
  }
  const now = { ...old, ...data, version: e.seq }
  c.put(kind, now as never)
  if (kind === 'project') rekey(c, old as Project, now as Project)
}

/** No event tells that the keys of a project's tasks are others by now. */
function rekey(c: Confirmed, old: Project, now: Project): void {
  if (old.key === now.key && same(old.former_keys, now.former_keys)) return
  for (const t of [...c.data.tables.task.confirmedRows()]) if (t.project === now.id) c.put('task', keyed(t, old, now))
}

/** No event tells that somebody whose account was deleted is not named any more. */
function anonymize(c: Confirmed, old: Member | undefined, now: Member): void {
  if (!now.removed || now.name !== formerMember || old?.name === formerMember) return
  for (const kind of ['task', 'comment', 'attachment'] as const) {
    for (const row of [...c.data.tables[kind].confirmedRows()]) {
      if (row.author?.user === now.id) c.put(kind, { ...row, author: { ...row.author, name: formerMember } } as never)
    }
  }
}
