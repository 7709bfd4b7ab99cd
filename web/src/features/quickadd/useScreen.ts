import { useParams, useSearch } from '@tanstack/react-router'

import { today, useNow } from '../../dates'
import {
  useMe,
  useProject,
  useProjects,
  useStore,
  useTask,
  useView,
  useWorkspace,
  useZone,
  type Filter,
  type ID,
  type Project,
} from '../../store'
import { can } from '../../store/can'
import { defaultsOf, noDefaults, type Defaults } from './newTask'

/** What the screen behind says of a new task. */
export function useScreenDefaults(): Defaults {
  const params = useParams({ strict: false }) as { project?: string; view?: string; task?: string }
  const search = useSearch({ strict: false }) as { filter?: Filter; task?: string }
  const me = useMe().id
  const day = today(useZone(), useNow())
  const view = useView(params.view ?? '')
  const project = useProject(params.project ?? view?.project ?? '')
  const task = useTask(params.task ?? search.task ?? '')
  const filter = search.filter ?? view?.query ?? {}
  const said = defaultsOf(filter, me, day)
  const mine = !params.project && !params.view && !params.task ? [me] : []
  return {
    ...noDefaults,
    ...said,
    project: project?.id ?? said.project ?? task?.project,
    assignees: said.assignees.length > 0 ? said.assignees : mine,
  }
}

const key = (workspace: ID) => `rung.quick-add.project.${workspace}`

/** Where one may add tasks, and where one did last; the only one there is needs no choice. */
export function useTargets(): { targets: readonly Project[]; last: ID | undefined; remember: (project: ID) => void } {
  const { memory } = useStore()
  const workspace = useWorkspace().id
  const targets = useProjects().filter((p) => !p.archived && can(memory, p.id).edit)
  const kept = localStorage.getItem(key(workspace))
  const last = targets.find((p) => p.id === kept) ?? (targets.length === 1 ? targets[0] : undefined)
  return { targets, last: last?.id, remember: (project) => localStorage.setItem(key(workspace), project) }
}
