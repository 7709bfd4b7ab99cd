import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'

import { classes } from './classes'
import { Field, type FieldWords } from './Field'
import { line, surface } from './popups/floating'
import { Icon } from './Icon'

export interface SelectOption<V extends string> {
  value: V
  name: string
  icon?: ReactNode
  hint?: string
  disabled?: boolean
}

interface SelectProps<V extends string> extends FieldWords {
  value: V
  onChange: (value: V) => void
  options: readonly SelectOption<V>[]
  disabled?: boolean
  /** As wide as its words instead of its place. */
  narrow?: boolean
  id?: string
}

/** One of a few that are known; for many, take a Picker. */
export function Select<V extends string>({ value, onChange, options, disabled, narrow, ...field }: SelectProps<V>) {
  const current = options.find((o) => o.value === value)
  return (
    <Field {...field} className={narrow ? 'items-start' : undefined}>
      {(ties) => (
        <Base.Root value={value} onValueChange={(next) => onChange(next as V)} disabled={disabled} modal={false}>
          <Base.Trigger
            {...ties}
            className={classes(
              'border-control bg-panel hover:bg-hover pointer-coarse:h-11 flex h-8 items-center gap-2 rounded-md border ps-2.5 pe-2 text-start data-disabled:opacity-50',
              !narrow && 'w-full',
            )}
          >
            {current?.icon}
            <Base.Value className="grow truncate">{current?.name ?? ''}</Base.Value>
            <Icon of={ChevronDown} size={14} className="text-icon" />
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner
              alignItemWithTrigger={false}
              align="start"
              sideOffset={4}
              collisionPadding={8}
              className="z-floating outline-none"
            >
              <Base.Popup
                className={`${surface} max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto py-1`}
              >
                {options.map((option) => (
                  <Base.Item key={option.value} value={option.value} disabled={option.disabled} className={line}>
                    {option.icon}
                    <Base.ItemText className="grow truncate">{option.name}</Base.ItemText>
                    {option.hint && <span className="text-muted ms-3 text-xs">{option.hint}</span>}
                    <Base.ItemIndicator className="ms-3">
                      <Icon of={Check} size={14} className="text-accent-text" />
                    </Base.ItemIndicator>
                  </Base.Item>
                ))}
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  )
}
