import { useLingui } from '@lingui/react/macro'

import { useMe, useMembers, type ID } from '../store'
import { Avatar } from '../ui/Avatar'
import { Picker } from '../ui/Picker'
import type { PickerFrame } from './PickerFrame'

interface AssigneePickerProps extends PickerFrame {
  value: readonly ID[]
  onChange: (assignees: ID[]) => void
}

/** Everybody of the workspace, oneself first. */
export function AssigneePicker({ value, onChange, ...frame }: AssigneePickerProps) {
  const { t } = useLingui()
  const me = useMe().id
  const members = useMembers()
  const mine = members.filter((m) => m.id === me)
  const ordered = [...mine, ...members.filter((m) => m.id !== me)]
  return (
    <Picker
      {...frame}
      multi
      name={t`Change assignees`}
      value={value}
      items={ordered.map((m) => ({
        id: m.id,
        name: m.name,
        icon: <Avatar id={m.id} name={m.name} />,
        hint: m.id === me ? t`You` : undefined,
        keywords: m.id === me ? t`me` : undefined,
      }))}
      onChange={onChange}
      empty={t`Nobody by that name`}
    />
  )
}
