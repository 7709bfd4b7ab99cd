import type { components } from '../api/schema'
import type { Action, Asked } from './action'
import { same } from './same'
import type { Place } from './types'

/** What the server is asked for by an action. The path stands below the workspace's address. */
export function requestOf(a: Action): Asked {
  switch (a.kind) {
    case 'task.create':
      return post('/tasks', a.task)
    case 'task.update':
      return patch(`/tasks/${a.id}`, a.patch, a.base)
    case 'task.move':
      return post(`/tasks/${a.id}/move`, moved(a))
    case 'task.delete':
      return remove(`/tasks/${a.id}`)
    case 'task.restore':
      return post(`/tasks/${a.id}/restore`)
    case 'comment.create':
      return post(`/tasks/${a.task}/comments`, { id: a.id, body: a.body })
    case 'comment.update':
      return patch(`/tasks/${a.task}/comments/${a.id}`, { body: a.body }, a.base)
    case 'comment.delete':
      return remove(`/tasks/${a.task}/comments/${a.id}`)
    case 'relation.create':
      return post(`/tasks/${a.task}/relations`, { type: a.type, task: a.other })
    case 'relation.delete':
      return remove(`/tasks/${a.task}/relations?type=${a.type}&task=${a.other}`)
    case 'label.create':
      return post('/labels', a.label)
    case 'label.update':
      return patch(`/labels/${a.id}`, a.patch, a.base)
    case 'label.delete':
      return remove(`/labels/${a.id}`)
    case 'project.create':
      return post('/projects', a.project)
    case 'project.update':
      return patch(`/projects/${a.id}`, a.patch, a.base)
    case 'project.delete':
      return remove(`/projects/${a.id}`)
    case 'project.restore':
      return post(`/projects/${a.id}/restore`)
    case 'status.create':
      return post(`/projects/${a.project}/statuses`, a.status)
    case 'status.update':
      return patch(`/projects/${a.project}/statuses/${a.id}`, a.patch)
    case 'status.delete':
      return remove(`/projects/${a.project}/statuses/${a.id}` + (a.to ? `?move_to=${a.to}` : ''))
    case 'view.create':
      return post('/views', a.view)
    case 'view.update':
      return patch(`/views/${a.id}`, a.patch, a.base)
    case 'view.delete':
      return remove(`/views/${a.id}`)
    case 'batch':
      return post('/tasks/batch', { changes: a.actions.map(step) })
  }
}

const json = { 'Content-Type': 'application/json' }

function post(path: string, body?: unknown): Asked {
  return body === undefined ? { method: 'POST', path, headers: {} } : { method: 'POST', path, body, headers: json }
}

function patch(path: string, body: unknown, base?: number): Asked {
  const headers: Record<string, string> = { 'Content-Type': 'application/merge-patch+json' }
  if (base) headers['Rung-Base-Version'] = String(base)
  return { method: 'PATCH', path, body, headers }
}

function remove(path: string): Asked {
  return { method: 'DELETE', path, headers: {} }
}

function moved(a: { project: string; status?: string; place?: Place; children?: boolean }) {
  return { project: a.project, status: a.status, place: a.place, with_children: a.children ?? true }
}

/** Whether an action can be a step of a batch. */
export function isStep(a: Action): boolean {
  return a.kind === 'task.create' || a.kind === 'task.update' || a.kind === 'task.move' || a.kind === 'task.delete'
}

function step(a: Action): components['schemas']['BatchChange'] {
  switch (a.kind) {
    case 'task.create':
      return { op: 'create', task: a.task }
    case 'task.update':
      return { op: 'update', id: a.id, patch: a.patch, ...(a.base ? { base_version: a.base } : {}) }
    case 'task.move':
      return { op: 'move', id: a.id, ...moved(a) }
    case 'task.delete':
      return { op: 'delete', id: a.id }
  }
  throw new Error(`${a.kind} is no step of a batch`)
}

const mostSteps = 500

/** Puts actions into as few requests as they need, in their order. */
export function requests(actions: readonly Action[]): Action[] {
  const out: Action[] = []
  let steps: Action[] = []
  const close = () => {
    if (steps.length > 0) out.push(steps.length === 1 ? steps[0]! : { kind: 'batch', actions: steps })
    steps = []
  }
  for (const a of actions.flatMap((a) => (a.kind === 'batch' ? a.actions : [a]))) {
    if (!isStep(a)) {
      close()
      out.push(a)
      continue
    }
    if (steps.length === mostSteps) close()
    steps.push(a)
  }
  close()
  return out.filter((a, i) => !same(a, out[i - 1]))
}
