import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import { usePriorityNames } from '../../fields/values'
import { useLabels, useMembers, useProjects, type GroupBy } from '../../store'
import { Avatar } from '../../ui/Avatar'
import { LabelDot } from '../../ui/LabelDot'
import { PriorityIcon } from '../../ui/PriorityIcon'
import { StatusIcon } from '../../ui/StatusIcon'

export interface Heading {
  name: string
  icon: ReactNode
  /** Of several projects, which one a status is of. */
  hint?: string
}

/** What the groups of a list are called, and their signs. */
export function useHeadings(by: GroupBy | undefined): (key: string) => Heading {
  const { t } = useLingui()
  const projects = useProjects()
  const members = useMembers()
  const labels = useLabels()
  const priorities = usePriorityNames()
  const spans: Record<string, string> = {
    overdue: t`Overdue`,
    today: t`Today`,
    tomorrow: t`Tomorrow`,
    week: t`Next 7 days`,
    later: t`Later`,
    none: t`No date`,
  }
  return (key) => {
    switch (by) {
      case 'status': {
        for (const p of projects) {
          const s = p.statuses.find((one) => one.id === key)
          if (s) return { name: s.name, icon: <StatusIcon category={s.category} color={s.color} />, hint: p.key }
        }
        return { name: '', icon: null }
      }
      case 'priority':
        return { name: priorities[Number(key)] ?? '', icon: <PriorityIcon priority={Number(key)} /> }
      case 'assignee': {
        const m = members.find((one) => one.id === key)
        return m
          ? { name: m.name, icon: <Avatar id={m.id} name={m.name} size={16} /> }
          : { name: key === 'none' ? t`Nobody` : t`Former member`, icon: null }
      }
      case 'label': {
        const l = labels.find((one) => one.id === key)
        return l ? { name: l.name, icon: <LabelDot color={l.color} /> } : { name: t`No label`, icon: null }
      }
      case 'due':
        return { name: spans[key] ?? key, icon: null }
      case undefined:
        return { name: '', icon: null }
    }
  }
}
