import { useLingui } from '@lingui/react/macro'
import { CalendarDays, Repeat, Timer } from 'lucide-react'

import { AssigneePicker } from '../../fields/AssigneePicker'
import { DuePicker } from '../../fields/DuePicker'
import { LabelPicker } from '../../fields/LabelPicker'
import { PriorityPicker } from '../../fields/PriorityPicker'
import { usePriorityNames } from '../../fields/values'
import { speak, useNow } from '../../dates'
import { i18n } from '../../i18n/i18n'
import type { Chip as Piece } from '../../quickadd'
import { useLabels, useMembers, useStatus, useStore, useZone, type ID } from '../../store'
import { Avatar } from '../../ui/Avatar'
import { Chip } from '../../ui/Chip'
import { Icon } from '../../ui/Icon'
import { LabelDot } from '../../ui/LabelDot'
import { PriorityIcon } from '../../ui/PriorityIcon'
import { StatusIcon } from '../../ui/StatusIcon'
import { dayWord, priorityWord, wordFor } from './line'

interface PieceChipProps {
  piece: Piece
  /** What stands for it in the line from now on. */
  onReplace: (word: string) => void
  onRefuse: () => void
}

/** A piece of the line as what it was read as: opened to be another, or refused, and then it is text. */
export function PieceChip({ piece, onReplace, onRefuse }: PieceChipProps) {
  const { t } = useLingui()
  const { memory } = useStore()
  const zone = useZone()
  const now = useNow()
  const labels = useLabels()
  const members = useMembers()
  const names = usePriorityNames()
  const status = useStatus(piece.kind === 'status' ? piece.value : '')
  const frame = { onRemove: onRefuse, removeName: t`Leave “${piece.text}” as text` }
  const other = (ids: readonly ID[], now: ID) => ids.find((id) => id !== now)
  switch (piece.kind) {
    case 'priority': {
      const icon = <PriorityIcon priority={piece.value} />
      return (
        <PriorityPicker
          value={piece.value}
          onPick={(p) => onReplace(priorityWord(p))}
          trigger={
            <Chip {...frame} icon={icon} aria-haspopup="dialog">
              {names[piece.value]}
            </Chip>
          }
        />
      )
    }
    case 'due': {
      const said = speak(piece.value, { zone, now, locale: i18n.locale })
      return (
        <DuePicker
          value={piece.value}
          onPick={(when) => onReplace(dayWord(when))}
          trigger={
            <Chip {...frame} icon={<Icon of={CalendarDays} size={12} />} aria-haspopup="dialog">
              {said}
            </Chip>
          }
        />
      )
    }
    case 'label': {
      const label = labels.find((l) => l.id === piece.value)
      const pick = (ids: readonly ID[]) => {
        const next = other(ids, piece.value)
        const made = labels.find((l) => l.id === next) ?? memory.data.get('label', next ?? '')
        onReplace(made ? wordFor('label', made.name) : '')
      }
      const icon = <LabelDot color={label?.color ?? ''} />
      return (
        <LabelPicker
          value={[piece.value]}
          onChange={pick}
          trigger={
            <Chip {...frame} icon={icon} aria-haspopup="dialog">
              {label?.name}
            </Chip>
          }
        />
      )
    }
    case 'assignee': {
      const name = members.find((m) => m.id === piece.value)?.name ?? ''
      const pick = (ids: readonly ID[]) => {
        const next = members.find((m) => m.id === other(ids, piece.value))
        onReplace(next ? wordFor('assignee', next.name) : '')
      }
      const icon = <Avatar id={piece.value} name={name} size={16} />
      return (
        <AssigneePicker
          value={[piece.value]}
          onChange={pick}
          trigger={
            <Chip {...frame} icon={icon} aria-haspopup="dialog">
              {name}
            </Chip>
          }
        />
      )
    }
    case 'status':
      return (
        <Chip {...frame} icon={<StatusIcon category={status?.category ?? 'todo'} color={status?.color} />}>
          {status?.name}
        </Chip>
      )
    case 'recurrence':
      return (
        <Chip {...frame} icon={<Icon of={Repeat} size={12} />}>
          {piece.text}
        </Chip>
      )
    case 'estimate':
      return (
        <Chip {...frame} icon={<Icon of={Timer} size={12} />}>
          {piece.text.slice(1)}
        </Chip>
      )
    case 'project':
      return null // the first chip shows it
  }
}
