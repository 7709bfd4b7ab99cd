import { useLingui } from '@lingui/react/macro'
import { CalendarDays } from 'lucide-react'

import { speak, useNow } from '../../dates'
import { usePriorityNames } from '../../fields/values'
import { i18n } from '../../i18n/i18n'
import { useLabels, useMembers, useZone } from '../../store'
import { Avatar } from '../../ui/Avatar'
import { Chip } from '../../ui/Chip'
import { Icon } from '../../ui/Icon'
import { LabelDot } from '../../ui/LabelDot'
import { PriorityIcon } from '../../ui/PriorityIcon'
import type { Defaults } from './newTask'

interface DefaultChipsProps {
  defaults: Defaults
  onChange: (defaults: Defaults) => void
}

/** What a task has by the screen that it is made on; each can be taken away. */
export function DefaultChips({ defaults, onChange }: DefaultChipsProps) {
  const { t } = useLingui()
  const zone = useZone()
  const now = useNow()
  const labels = useLabels()
  const members = useMembers()
  const names = usePriorityNames()
  const { assignees, due, priority } = defaults
  const chip = (key: string, name: string, icon: React.ReactNode, without: Defaults) => (
    <Chip key={key} icon={icon} onRemove={() => onChange(without)} removeName={t`Remove ${name}`}>
      {name}
    </Chip>
  )
  return (
    <>
      {due &&
        chip('due', speak(due, { zone, now, locale: i18n.locale }), <Icon of={CalendarDays} size={12} />, {
          ...defaults,
          due: undefined,
        })}
      {priority !== undefined &&
        priority > 0 &&
        chip('priority', names[priority] ?? '', <PriorityIcon priority={priority} />, {
          ...defaults,
          priority: undefined,
        })}
      {members
        .filter((m) => assignees.includes(m.id))
        .map((m) =>
          chip(m.id, m.name, <Avatar id={m.id} name={m.name} size={16} />, {
            ...defaults,
            assignees: assignees.filter((id) => id !== m.id),
          }),
        )}
      {labels
        .filter((l) => defaults.labels.includes(l.id))
        .map((l) =>
          chip(l.id, l.name, <LabelDot color={l.color} />, {
            ...defaults,
            labels: defaults.labels.filter((id) => id !== l.id),
          }),
        )}
    </>
  )
}
