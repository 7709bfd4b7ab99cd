import { plural, t } from '@lingui/core/macro'

import type { Action } from '../../store/action'

/** What words are looked up in: a task by its id, a project by its id. */
export interface Names {
  task: (id: string) => { key: string; title: string } | undefined
  project: (id: string) => { name: string } | undefined
}

/** A change in a few words: "Title of WEB-12", "New task". */
export function changeName(a: Action, names: Names): string {
  const task = (id: string) => names.task(id)?.key || names.task(id)?.title || t`a task`
  const project = (id: string) => names.project(id)?.name ?? t`a project`
  switch (a.kind) {
    case 'task.create':
      return t`New task in ${project(a.task.project)}`
    case 'task.update':
      return updateName(Object.keys(a.patch), task(a.id))
    case 'task.move':
      return t`Move ${task(a.id)} to ${project(a.project)}`
    case 'task.delete':
      return t`Delete ${task(a.id)}`
    case 'task.restore':
      return t`Restore ${task(a.id)}`
    case 'comment.create':
      return t`Comment on ${task(a.task)}`
    case 'comment.update':
      return t`Changed comment on ${task(a.task)}`
    case 'comment.delete':
      return t`Deleted comment on ${task(a.task)}`
    case 'relation.create':
    case 'relation.delete':
      return t`Relation of ${task(a.task)} and ${task(a.other)}`
    case 'batch':
      return plural(a.actions.length, { one: '# change to a task', other: '# changes to tasks' })
  }
  return restName(a)
}

function updateName(fields: string[], task: string): string {
  if (fields.length === 1 && fields[0] === 'title') return t`Title of ${task}`
  if (fields.length === 1 && fields[0] === 'description') return t`Description of ${task}`
  return t`Change of ${task}`
}

type Rest = Extract<Action, { kind: `${'label' | 'project' | 'status' | 'view'}.${string}` }>

function restName(a: Rest): string {
  const [of, what] = a.kind.split('.') as ['label' | 'project' | 'status' | 'view', string]
  const made = what === 'create'
  const gone = what === 'delete'
  switch (of) {
    case 'label':
      return made ? t`New label` : gone ? t`Delete a label` : t`Change of a label`
    case 'project':
      return made ? t`New project` : gone ? t`Delete a project` : t`Change of a project`
    case 'status':
      return made ? t`New status` : gone ? t`Delete a status` : t`Change of a status`
    case 'view':
      return made ? t`New view` : gone ? t`Delete a view` : t`Change of a view`
  }
}

/** What somebody wrote in it, to be shown and copied; '' if there are no words. */
export function wordsIn(a: Action): string {
  if (a.kind === 'batch') return a.actions.map(wordsIn).filter(Boolean).join('\n\n')
  if (a.kind === 'comment.create' || a.kind === 'comment.update') return a.body
  const held = 'patch' in a ? a.patch : ((a as Record<string, unknown>)[a.kind.split('.')[0]!] as object | undefined)
  if (typeof held !== 'object') return ''
  const fields = held as Record<string, unknown>
  return ['title', 'name', 'description']
    .map((f) => fields[f])
    .filter((w): w is string => typeof w === 'string' && w !== '')
    .join('\n\n')
}
