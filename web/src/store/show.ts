import type { Action } from './action'
import type { Forecast, Show } from './forecast'
import * as rest from './forecastRest'
import { createTask, updateTask } from './forecastTasks'
import { deleteTask, moveTask, restoreTask } from './forecastTrips'

const shows: { [K in Action['kind']]: Show<K> } = {
  'task.create': createTask,
  'task.update': updateTask,
  'task.move': moveTask,
  'task.delete': deleteTask,
  'task.restore': restoreTask,
  'comment.create': rest.createComment,
  'comment.update': rest.updateComment,
  'comment.delete': rest.deleteComment,
  'relation.create': rest.createRelation,
  'relation.delete': rest.deleteRelation,
  'label.create': rest.createLabel,
  'label.update': rest.updateLabel,
  'label.delete': rest.deleteLabel,
  'project.create': rest.createProject,
  'project.update': rest.updateProject,
  'project.delete': rest.deleteProject,
  'project.restore': rest.restoreProject,
  'status.create': rest.createStatus,
  'status.update': rest.updateStatus,
  'status.delete': rest.deleteStatus,
  'view.create': rest.createView,
  'view.update': rest.updateView,
  'view.delete': rest.deleteView,
  batch: (f, { actions }) => actions.forEach((a) => show(f, a)),
}

/** Shows what an action will most likely lead to. */
export function show(f: Forecast, action: Action): void {
  ;(shows[action.kind] as Show<Action['kind']>)(f, action as never)
}

/** Whether an action reaches tasks that it does not name, which may be others by now. */
export function isWide(a: Action): boolean {
  switch (a.kind) {
    case 'batch':
      return a.actions.some(isWide)
    case 'task.delete':
    case 'task.move':
    case 'label.delete':
    case 'project.delete':
    case 'project.restore':
    case 'task.restore':
    case 'status.delete':
    case 'status.update':
    case 'project.update':
      return true
  }
  return false
}
