import { useLingui } from '@lingui/react/macro'
import { ListFilter, Plus } from 'lucide-react'
import { useRef, useState } from 'react'

import type { ID } from '../../../store'
import { Button } from '../../../ui/Button'
import { useCommands } from '../../../ui/commands'
import { Icon } from '../../../ui/Icon'
import { IconButton } from '../../../ui/IconButton'
import { Picker } from '../../../ui/Picker'
import { emptyGroup, fields, operatorsOf, type Condition, type Field, type Node } from './model'
import { useFilterWords } from './useFilterWords'
import { ValuePicker } from './ValuePicker'

interface AddConditionProps {
  project: ID | undefined
  /** How deep in groups this is; only so many stand in one another. */
  depth: number
  /** The condition that is being made, after what is there; undefined as long as it has no value. */
  onAdd: (node: Node) => void
  /** Another value for the condition that was added last. */
  onChangeLast: (node: Node) => void
  /** Nothing is asked yet: the button says what it is for. */
  first: boolean
}

const deepest = 3

/** A new condition in two steps: which field, then which value. */
export function AddCondition({ project, depth, onAdd, onChangeLast, first }: AddConditionProps) {
  const { t } = useLingui()
  const words = useFilterWords()
  const box = useRef<HTMLSpanElement>(null)
  const [step, setStep] = useState<'field' | Condition>()
  const [added, setAdded] = useState(false)
  useCommands(
    depth === 0
      ? [
          {
            id: 'filter.add',
            name: t`Filter`,
            group: t`This screen`,
            keys: 'f',
            icon: ListFilter,
            run: () => setStep('field'),
          },
        ]
      : [],
  )
  function begin(field: Field) {
    setAdded(false)
    setStep({ kind: 'condition', field, op: operatorsOf(field)[0]!, values: [] })
  }
  return (
    <span ref={box} className="inline-flex">
      {first && depth === 0 ? (
        <Button
          size="small"
          kind="ghost"
          className="text-muted"
          icon={<Icon of={ListFilter} />}
          aria-keyshortcuts="f"
          onClick={() => setStep('field')}
        >
          {t`Filter`}
        </Button>
      ) : (
        <IconButton
          size="small"
          icon={Plus}
          name={t`Add a condition`}
          command={depth === 0 ? 'filter.add' : undefined}
          onClick={() => setStep('field')}
        />
      )}
      <Picker
        anchor={box}
        open={step === 'field'}
        onOpenChange={(open) => !open && setStep((now) => (now === 'field' ? undefined : now))}
        name={t`Filter by`}
        value={[]}
        items={[
          ...fields.filter((f) => f !== 'project' || !project).map((f) => ({ id: f, name: words.fields[f] })),
          ...(depth < deepest ? [{ id: 'group', name: t`Group of conditions`, keywords: t`any all none` }] : []),
        ]}
        onChange={([id]) => {
          if (id === 'group') {
            onAdd({ ...emptyGroup, join: 'any' })
            setStep(undefined)
          } else if (id) begin(id as Field)
        }}
      />
      {step !== undefined && step !== 'field' && (
        <ValuePicker
          key={step.field}
          anchor={box}
          open
          onOpenChange={(open) => !open && setStep(undefined)}
          condition={step}
          project={project}
          onChange={(values) => {
            const next = { ...step, values }
            if (added) onChangeLast(next)
            else onAdd(next)
            setAdded(true)
            setStep((now) => (now === undefined ? now : next))
          }}
        />
      )}
    </span>
  )
}
