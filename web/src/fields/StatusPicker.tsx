import { useLingui } from '@lingui/react/macro'

import { useProject, type ID } from '../store'
import { Picker } from '../ui/Picker'
import { StatusIcon } from '../ui/StatusIcon'
import type { PickerFrame } from './PickerFrame'

interface StatusPickerProps extends PickerFrame {
  project: ID
  value: ID | undefined
  onPick: (status: ID) => void
}

/** The statuses of one project in their order; 1 to 9 pick directly in lists. */
export function StatusPicker({ project, value, onPick, ...frame }: StatusPickerProps) {
  const { t } = useLingui()
  const statuses = useProject(project)?.statuses ?? []
  return (
    <Picker
      {...frame}
      name={t`Change status`}
      value={value ? [value] : []}
      items={statuses.map((s) => ({
        id: s.id,
        name: s.name,
        icon: <StatusIcon category={s.category} color={s.color} />,
      }))}
      onChange={([id]) => id && onPick(id)}
    />
  )
}
