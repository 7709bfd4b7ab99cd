import { useLingui } from '@lingui/react/macro'

import { Picker } from '../ui/Picker'
import { PriorityIcon } from '../ui/PriorityIcon'
import type { PickerFrame } from './PickerFrame'
import { priorities, usePriorityNames } from './values'

interface PriorityPickerProps extends PickerFrame {
  value: number | undefined
  onPick: (priority: number) => void
}

export function PriorityPicker({ value, onPick, ...frame }: PriorityPickerProps) {
  const { t } = useLingui()
  const names = usePriorityNames()
  return (
    <Picker
      {...frame}
      name={t`Change priority`}
      value={value === undefined ? [] : [String(value)]}
      items={priorities.map((p) => ({ id: String(p), name: names[p] ?? '', icon: <PriorityIcon priority={p} /> }))}
      onChange={([p]) => p && onPick(Number(p))}
    />
  )
}
