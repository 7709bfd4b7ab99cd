import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useState, type ComponentProps, type KeyboardEvent } from 'react'

import type { ID } from '../../../store'
import { classes } from '../../../ui/classes'
import { Icon } from '../../../ui/Icon'
import { Menu } from '../../../ui/Menu'
import { asked, isSingle, needsValue, operatorsOf, type Condition } from './model'
import { useFilterWords } from './useFilterWords'
import { useValues } from './useValues'
import { ValuePicker } from './ValuePicker'

interface ConditionChipProps {
  condition: Condition
  project: ID | undefined
  onChange: (condition: Condition) => void
  onRemove: () => void
}

/** One condition: its field, how it is compared, and with what. Each part opens; Backspace takes it away. */
export function ConditionChip({ condition, project, onChange, onRemove }: ConditionChipProps) {
  const { t } = useLingui()
  const words = useFilterWords()
  const { field, op, values } = condition
  const { name, icon } = useValues(field, project)
  const [picking, setPicking] = useState(false)
  const several = values.length > 1 && !isSingle(field)
  const operator = words.operator(field, op, several)
  const value = several && values.length > 2 ? t`${values.length} values` : values.map(name).join(', ')
  const sentence = [words.fields[field], operator, needsValue(op) ? value : ''].filter(Boolean).join(' ')
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Backspace' && event.key !== 'Delete') return
    if (!event.currentTarget.contains(event.target as Node)) return // in a picker that it opened
    event.preventDefault()
    event.stopPropagation()
    onRemove()
  }
  return (
    // What is pressed inside bubbles here; the group itself is no stop of the keyboard.

    <span role="group" aria-label={sentence} onKeyDown={press} className={frame}>
      <span className="text-muted px-2">{words.fields[field]}</span>
      <Menu
        trigger={<Part>{operator}</Part>}
        items={operatorsOf(field).map((one) => ({
          name: words.operator(field, one, several),
          checked: one === op,
          run: () => {
            onChange(asked(condition, one))
            if (needsValue(one) && !needsValue(op)) setPicking(true)
          },
        }))}
      />
      {needsValue(op) && (
        <ValuePicker
          condition={condition}
          project={project}
          open={picking}
          onOpenChange={setPicking}
          onChange={(next) => onChange({ ...condition, values: next })}
          trigger={
            <Part className="text-ink max-w-48">
              {values.length === 1 && values[0] !== undefined && icon(values[0])}
              <span className="truncate">{value || t`choose`}</span>
            </Part>
          }
        />
      )}
      <Part aria-label={t`Remove ${sentence}`} onClick={onRemove} className="px-1.5">
        <Icon of={X} size={12} />
      </Part>
    </span>
  )
}

const frame =
  'border-line divide-line inline-flex h-6 pointer-coarse:h-9 max-w-full shrink-0 items-center divide-x overflow-clip rounded-md border text-xs whitespace-nowrap'

function Part({ className, children, ...rest }: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(
        'focus-inset text-muted hover:bg-hover hover:text-ink data-popup-open:bg-pressed inline-flex h-full min-w-6 items-center justify-center gap-1.5 px-2 pointer-coarse:min-w-9',
        className,
      )}
    >
      {children}
    </button>
  )
}
