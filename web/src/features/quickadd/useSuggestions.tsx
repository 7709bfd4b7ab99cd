import { useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'

import { ProjectIcon } from '../../fields/ProjectIcon'
import { priorities, usePriorityNames } from '../../fields/values'
import type { Completion } from '../../quickadd'
import { useActions, useCan, useLabels, useMe, useMembers, type Project } from '../../store'
import { Avatar, colorFor } from '../../ui/Avatar'
import { Icon } from '../../ui/Icon'
import { LabelDot } from '../../ui/LabelDot'
import type { PickerItem } from '../../ui/Picker'
import { matching } from '../../ui/popups/matching'
import { PriorityIcon } from '../../ui/PriorityIcon'
import { StatusIcon } from '../../ui/StatusIcon'
import { priorityWord, wordFor } from './line'

export interface Suggestion extends PickerItem {
  /** What is written for it. */
  word: string
  /** Makes it first. */
  make?: () => void
}

const most = 8

/** What the piece at the caret may mean. */
export function useSuggestions(
  at: Completion | undefined,
  targets: readonly Project[],
  project: Project | undefined,
): readonly Suggestion[] {
  const { t } = useLingui()
  const labels = useLabels()
  const members = useMembers()
  const me = useMe().id
  const names = usePriorityNames()
  const act = useActions()
  const may = useCan().editLabels
  if (!at) return []
  const offer = (all: Suggestion[]) => (matching(all, at.query) as Suggestion[]).slice(0, most)
  switch (at.kind) {
    case 'priority':
      return offer(
        priorities
          .filter((p) => p > 0)
          .map((p) => ({
            id: String(p),
            name: names[p] ?? '',
            keywords: `${p} ${priorityWord(p).slice(1)}`,
            icon: <PriorityIcon priority={p} />,
            word: priorityWord(p),
          })),
      )
    case 'assignee':
      return offer(
        [...members.filter((m) => m.id === me), ...members.filter((m) => m.id !== me)].map((m) => ({
          id: m.id,
          name: m.name,
          hint: m.id === me ? t`You` : undefined,
          keywords: m.id === me ? 'me' : undefined,
          icon: <Avatar id={m.id} name={m.name} />,
          word: m.id === me ? '@me' : wordFor('assignee', m.name),
        })),
      )
    case 'project':
      return offer(
        targets.map((p) => ({
          id: p.id,
          name: p.name,
          hint: p.key,
          keywords: p.key,
          icon: <ProjectIcon project={p} />,
          word: wordFor('project', p.key),
        })),
      )
    case 'status':
      return offer(
        (project?.statuses ?? []).map((s) => ({
          id: s.id,
          name: s.name,
          icon: <StatusIcon category={s.category} color={s.color} />,
          word: wordFor('status', s.name),
        })),
      )
    case 'label': {
      const found = offer(
        labels.map((l) => ({
          id: l.id,
          name: l.name,
          icon: <LabelDot color={l.color} />,
          word: wordFor('label', l.name),
        })),
      )
      const name = at.query.trim()
      const known = labels.some((l) => l.name.toLocaleLowerCase() === name.toLocaleLowerCase())
      if (!may || name === '' || known || /^\d+$/.test(name)) return found
      const make = () => void act.createLabel({ name, color: colorFor(name) })
      return [
        ...found,
        { id: 'create', name: t`Create label “${name}”`, icon: <Icon of={Plus} />, word: wordFor('label', name), make },
      ]
    }
  }
}
