import { useLingui } from '@lingui/react/macro'
import { CircleSlash } from 'lucide-react'
import { useState } from 'react'

import { useFind, useStore, useTask, type Task } from '../../store'
import { Icon } from '../../ui/Icon'
import { Picker, type PickerProps } from '../../ui/Picker'
import { StatusIcon } from '../../ui/StatusIcon'

export type TaskPickerFrame = Pick<PickerProps, 'anchor' | 'open' | 'onOpenChange'>

interface TaskPickerProps extends TaskPickerFrame {
  name: string
  value?: string
  /** Which tasks can be chosen. */
  fits: (task: Task) => boolean
  /** A line for choosing none, by these words. */
  none?: string
  onPick: (task: string | undefined) => void
}

const most = 12
const nothing = 'none'

/** Finds another task by the words of its title or its key. */
export function TaskPicker({ name, value, fits, none, onPick, ...frame }: TaskPickerProps) {
  const { t } = useLingui()
  const { memory } = useStore()
  const [text, setText] = useState('')
  const found = useFind(text, 50).filter(fits).slice(0, most)
  const current = useTask(value ?? '')
  const items = text.trim() === '' && current ? [current] : found
  const line = (task: Task) => {
    const status = memory.reads.status(task.status)
    return {
      id: task.id,
      name: task.title,
      hint: task.key,
      icon: <StatusIcon category={status?.category ?? 'todo'} color={status?.color} />,
    }
  }
  const nobody = { id: nothing, name: none ?? '', icon: <Icon of={CircleSlash} className="text-icon" /> }
  return (
    <Picker
      {...frame}
      name={name}
      placeholder={t`Title or key`}
      value={value ? [value] : []}
      items={[...(none && text.trim() === '' ? [nobody] : []), ...items.map(line)]}
      onSearch={setText}
      onChange={([id]) => onPick(id === nothing ? undefined : (id ?? value))}
      empty={text.trim() === '' ? t`Type to find a task` : t`No such task`}
    />
  )
}
