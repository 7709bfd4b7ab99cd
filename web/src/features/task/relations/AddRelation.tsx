import { useLingui } from '@lingui/react/macro'
import { useRef, useState, type RefObject } from 'react'

import { useActions, useStore, type ID, type Task } from '../../../store'
import { announce } from '../../../ui/LiveRegion'
import { Picker } from '../../../ui/Picker'
import { TaskPicker } from '../TaskPicker'
import { kinds, relationOf, useKindNames, type Kind } from './kinds'

interface AddRelationProps {
  task: Task
  /** Tasks that are related already. */
  taken: readonly ID[]
  anchor: RefObject<Element | null>
  onClose: () => void
}

/** First how the other task stands to this one, then which it is. */
export function AddRelation({ task, taken, anchor, onClose }: AddRelationProps) {
  const { t } = useLingui()
  const act = useActions()
  const { memory } = useStore()
  const names = useKindNames()
  const [kind, setKind] = useState<Kind>()
  const chosen = useRef(false)
  if (!kind)
    return (
      <Picker
        key="kind"
        open
        anchor={anchor}
        align="start"
        name={t`How is it related`}
        value={[]}
        items={kinds.map((k) => ({ id: k, name: names[k] }))}
        onChange={([k]) => {
          chosen.current = true
          setKind(k as Kind)
        }}
        onOpenChange={(open) => !open && !chosen.current && onClose()}
      />
    )
  const relate = (other: ID) => {
    const r = relationOf(task.id, kind, other)
    act.relate(r.task, r.type, r.other)
    const title = memory.data.get('task', other)?.title ?? ''
    announce(`${names[kind]}: ${title}`)
  }
  return (
    <TaskPicker
      key="task"
      open
      anchor={anchor}
      name={names[kind]}
      fits={(other) => other.id !== task.id && !taken.includes(other.id)}
      onPick={(other) => other && relate(other)}
      onOpenChange={(open) => !open && onClose()}
    />
  )
}
