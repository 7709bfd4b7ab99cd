import type { Forecast, Show } from './forecast'
import { defined } from './same'
import type { ID, Relation } from './types'

// What is said about tasks, ties them and marks them.

export const createComment: Show<'comment.create'> = (f, { id, task, body }) => {
  const of = f.data.task(task)
  if (!of || f.data.get('comment', id)) return
  if (!of.subscribers.includes(f.me.id)) f.putTask(of.id, { ...of, subscribers: [...of.subscribers, f.me.id] })
  f.putComment(id, {
    id,
    task: of.id,
    body,
    author: { user: f.me.id, name: f.me.name },
    external: null,
    version: 0,
    created_by: f.me.id,
    created_at: f.now,
    updated_at: f.now,
    edited_at: null,
    deleted_at: null,
  })
}

export const updateComment: Show<'comment.update'> = (f, { id, body }) => {
  const c = f.data.get('comment', id)
  if (c && c.body !== body) f.putComment(id, { ...c, body, updated_at: f.now, edited_at: f.now })
}

export const deleteComment: Show<'comment.delete'> = (f, { id }) => f.putComment(id, undefined)

/** The relation of two tasks; which of them is named first means nothing where they just relate. */
export function relationOf(data: Forecast['data'], type: Relation['type'], task: ID, other: ID): Relation | undefined {
  for (const id of data.relationsOf.of(task)) {
    const r = data.get('relation', id)
    if (r?.type !== type) continue
    if ((r.task === task && r.other === other) || (type === 'relates' && r.other === task && r.task === other)) return r
  }
  return undefined
}

export const createRelation: Show<'relation.create'> = (f, { type, task, other }) => {
  if (relationOf(f.data, type, task, other)) return
  const id = `${type}:${task}:${other}`
  f.put('relation', id, {
    id,
    type,
    task,
    other,
    version: 0,
    created_by: f.me.id,
    created_at: f.now,
  } satisfies Relation)
}

export const deleteRelation: Show<'relation.delete'> = (f, { type, task, other }) => {
  const r = relationOf(f.data, type, task, other) ?? relationOf(f.data, type, other, task)
  if (r) f.put('relation', r.id, undefined)
}

export const createLabel: Show<'label.create'> = (f, { label }) => {
  if (f.data.get('label', label.id)) return
  f.put('label', label.id, {
    id: label.id,
    name: label.name,
    color: label.color ?? '',
    version: 0,
    created_at: f.now,
    updated_at: f.now,
  })
}

export const updateLabel: Show<'label.update'> = (f, { id, patch }) => {
  const l = f.data.get('label', id)
  if (l) f.put('label', id, { ...l, ...defined(patch), updated_at: f.later(l.updated_at) })
}

export const deleteLabel: Show<'label.delete'> = (f, { id }) => {
  for (const t of f.data.all('task')) {
    if (t.labels.includes(id)) f.putTask(t.id, { ...t, labels: t.labels.filter((l) => l !== id) })
  }
  f.put('label', id, undefined)
}
