import { useLingui } from '@lingui/react/macro'

import { today, useNow } from '../../dates'
import {
  useActions,
  useZone,
  type Group,
  type GroupBy,
  type ID,
  type Sort,
  type Task,
  type TaskPatch,
} from '../../store'
import { announce } from '../../ui/LiveRegion'
import { patchFor, type Drop } from './grouping'

/** Moves tasks between groups and within them, and says so to who hears it. */
export function useMoves(
  groups: readonly Group[],
  by: GroupBy | undefined,
  sort: Sort,
  nameOf: (key: string) => string,
) {
  const { t } = useLingui()
  const act = useActions()
  const day = today(useZone(), useNow())
  const ordered = sort === 'position'

  /** Puts tasks, which stand in a group, somewhere else. One undo takes all of it back. */
  function drop(tasks: readonly Task[], from: string, { group, before }: Drop) {
    const patch = by && group !== from ? patchFor(by, group, from, day) : {}
    const target = groups.find((g) => g.key === group)
    if (!patch || !target) return
    const ids = new Set(tasks.map((one) => one.id))
    const rest = target.tasks.filter((one) => !ids.has(one.id))
    const at = before === undefined ? rest.length : rest.findIndex((one) => one.id === before)
    const previous = rest[(at < 0 ? rest.length : at) - 1]
    const next = at < 0 ? undefined : rest[at]
    let after: ID | undefined
    const changes = tasks.flatMap((task) => {
      const place = !ordered ? undefined : placeOf(task, after, previous, next)
      const all: TaskPatch = { ...patch, ...(place ? { place } : {}) }
      after = task.id
      return Object.keys(all).length > 0 ? [{ kind: 'task.update' as const, id: task.id, patch: all }] : []
    })
    if (changes.length === 0) return
    act.all(...changes)
    const place = (at < 0 ? rest.length : at) + 1
    announce(
      ordered ? t`Moved to ${nameOf(group)}, ${place} of ${rest.length + tasks.length}` : t`Moved to ${nameOf(group)}`,
    )
  }

  /** One step by keyboard: within the group, or to the group beside it. */
  function step(task: Task, from: string, where: 'up' | 'down' | 'back' | 'on') {
    const at = groups.findIndex((g) => g.key === from)
    const group = groups[at]
    if (!group) return
    if (where === 'back' || where === 'on') {
      for (let i = at + (where === 'on' ? 1 : -1); groups[i]; i += where === 'on' ? 1 : -1) {
        if (by && patchFor(by, groups[i]!.key, from, day))
          return drop([task], from, { group: groups[i]!.key, before: groups[i]!.tasks[0]?.id })
      }
      announce(t`There is no group further on`)
      return
    }
    if (!ordered) return announce(t`The list is sorted, so its order can’t be changed`)
    const place = group.tasks.findIndex((one) => one.id === task.id)
    if (where === 'up' && place > 0) drop([task], from, { group: from, before: group.tasks[place - 1]!.id })
    if (where === 'down' && place < group.tasks.length - 1)
      drop([task], from, { group: from, before: group.tasks[place + 2]?.id })
  }
  return { drop, step }
}

/** Beside a neighbour of the same project: order is kept by project. */
function placeOf(task: Task, after: ID | undefined, previous: Task | undefined, next: Task | undefined) {
  if (after !== undefined) return { after }
  if (previous?.project === task.project) return { after: previous.id }
  if (next?.project === task.project) return { before: next.id }
  return undefined
}
