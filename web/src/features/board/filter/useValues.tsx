import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import { ProjectIcon } from '../../../fields/ProjectIcon'
import { priorities, usePriorityNames } from '../../../fields/values'
import { useLabels, useMe, useMembers, useProjects, useStore, useTasks, type Category, type ID } from '../../../store'
import { Avatar } from '../../../ui/Avatar'
import { LabelDot } from '../../../ui/LabelDot'
import type { PickerItem } from '../../../ui/Picker'
import { PriorityIcon } from '../../../ui/PriorityIcon'
import { StatusIcon } from '../../../ui/StatusIcon'
import type { Field, Value } from './model'
import { useFilterWords } from './useFilterWords'

interface Values {
  items: readonly PickerItem[]
  name: (value: Value) => string
  icon: (value: Value) => ReactNode
}

/** The values that a field can be compared with, within a project or in all of them. */
export function useValues(field: Field, project: ID | undefined): Values {
  const { t } = useLingui()
  const { memory } = useStore()
  const me = useMe().id
  const projects = useProjects()
  const members = useMembers()
  const labels = useLabels()
  const names = usePriorityNames()
  const words = useFilterWords()
  const parents = useParents(field === 'parent', project)
  const items = itemsOf()
  const find = (value: Value) => items.find((i) => i.id === String(value))
  return {
    items,
    icon: (value) => find(value)?.icon,
    name: (value) => {
      if (field === 'parent') return memory.data.task(String(value))?.key ?? find(value)?.name ?? t`a task`
      return find(value)?.name ?? words.day(String(value))
    },
  }

  function itemsOf(): readonly PickerItem[] {
    switch (field) {
      case 'project':
        return projects.map((p) => ({ id: p.id, name: p.name, hint: p.key, icon: <ProjectIcon project={p} /> }))
      case 'status':
        return projects
          .filter((p) => !project || p.id === project)
          .flatMap((p) =>
            p.statuses.map((s) => ({
              id: s.id,
              name: s.name,
              hint: project ? undefined : p.key,
              icon: <StatusIcon category={s.category} color={s.color} />,
            })),
          )
      case 'category': {
        const kinds: [Category, string][] = [
          ['backlog', t`Backlog`],
          ['todo', t`To do`],
          ['doing', t`In progress`],
          ['done', t`Done`],
          ['canceled', t`Canceled`],
        ]
        return kinds.map(([id, name]) => ({ id, name, icon: <StatusIcon category={id} /> }))
      }
      case 'assignee':
        return [
          { id: 'me', name: t`Me`, icon: <Avatar id={me} name={members.find((m) => m.id === me)?.name ?? ''} /> },
          { id: 'none', name: t`Nobody` },
          ...members.map((m) => ({ id: m.id, name: m.name, icon: <Avatar id={m.id} name={m.name} /> })),
        ]
      case 'label':
        return [
          ...labels.map((l) => ({ id: l.id, name: l.name, icon: <LabelDot color={l.color} /> })),
          { id: 'none', name: t`No label` },
        ]
      case 'priority':
        return priorities.map((p) => ({ id: String(p), name: names[p] ?? '', icon: <PriorityIcon priority={p} /> }))
      case 'parent':
        return [
          ...parents.map((task) => ({ id: task.id, name: task.title, hint: task.key })),
          { id: 'none', name: t`No parent` },
        ]
      case 'due':
      case 'created':
      case 'updated':
      case 'completed':
        return ['today', 'today+1', 'today+7', 'today+30', 'today-1', 'today-7', 'today-30'].map((id) => ({
          id,
          name: words.day(id),
        }))
      case 'title':
      case 'text':
        return []
    }
  }
}

/** The tasks that have sub-tasks. */
function useParents(wanted: boolean, project: ID | undefined) {
  const children = useTasks({
    filter: wanted
      ? {
          all: [
            { field: 'parent', op: 'is_set' },
            ...(project ? [{ field: 'project', op: 'eq', value: project } as const] : []),
          ],
        }
      : { field: 'project', op: 'in', value: [] },
  })
  const { memory } = useStore()
  return [...new Set(children.map((c) => c.parent))].flatMap((id) => (id && memory.data.get('task', id)) || [])
}
