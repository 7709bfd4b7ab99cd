import type { Action } from './action'
import type { Forecast, Show } from './forecast'
import * as projects from './forecastProjects'
import * as talk from './forecastTalk'
import { createTask, updateTask } from './forecastTasks'
import { deleteTask, moveTask, restoreTask } from './forecastTrips'

const shows: { [K in Action['kind']]: Show<K> } = {
  'task.create': createTask,
  'task.update': updateTask,
  'task.move': moveTask,
  'task.delete': deleteTask,
  'task.restore': restoreTask,
  'comment.create': talk.createComment,
  'comment.update': talk.updateComment,
  'comment.delete': talk.deleteComment,
  'relation.create': talk.createRelation,
  'relation.delete': talk.deleteRelation,
  'label.create': talk.createLabel,
  'label.update': talk.updateLabel,
  'label.delete': talk.deleteLabel,
  'project.create': projects.createProject,
  'project.update': projects.updateProject,
  'project.delete': projects.deleteProject,
  'project.restore': projects.restoreProject,
  'status.create': projects.createStatus,
  'status.update': projects.updateStatus,
  'status.delete': projects.deleteStatus,
  'view.create': projects.createView,
  'view.update': projects.updateView,
  'view.delete': projects.deleteView,
  batch: (f, { actions }) => actions.forEach((a) => show(f, a)),
}

/** Shows what an action will most likely lead to. */
export function show(f: Forecast, action: Action): void {
  ;(shows[action.kind] as Show<Action['kind']>)(f, action as never)
}
