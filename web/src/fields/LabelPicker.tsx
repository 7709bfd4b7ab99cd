import { useLingui } from '@lingui/react/macro'

import { useActions, useCan, useLabels, type ID } from '../store'
import { colorFor } from '../ui/Avatar'
import { LabelDot } from '../ui/LabelDot'
import { Picker } from '../ui/Picker'
import type { PickerFrame } from './PickerFrame'

interface LabelPickerProps extends PickerFrame {
  value: readonly ID[]
  onChange: (labels: ID[]) => void
}

/** The workspace's labels; what is typed and not there can be made. */
export function LabelPicker({ value, onChange, ...frame }: LabelPickerProps) {
  const { t } = useLingui()
  const labels = useLabels()
  const act = useActions()
  const can = useCan()
  const create = (name: string) => {
    const { label } = act.createLabel({ name, color: colorFor(name) })
    onChange([...value, label.id])
  }
  return (
    <Picker
      {...frame}
      multi
      name={t`Change labels`}
      value={value}
      items={labels.map((l) => ({ id: l.id, name: l.name, icon: <LabelDot color={l.color} /> }))}
      onChange={onChange}
      onCreate={can.editLabels ? create : undefined}
      createName={(name) => t`Create label “${name}”`}
      empty={t`No such label`}
    />
  )
}
