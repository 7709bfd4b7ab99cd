import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'

import { classes } from './classes'
import { Icon } from './Icon'

export interface CheckboxProps {
  checked: boolean
  /** Some of what it stands for is checked. */
  some?: boolean
  onChange: (checked: boolean) => void
  label: ReactNode
  hideLabel?: boolean
  hint?: ReactNode
  disabled?: boolean
  className?: string
}

export function Checkbox({ checked, some, onChange, label, hideLabel, hint, disabled, className }: CheckboxProps) {
  return (
    <label className={classes('inline-flex items-start gap-2', disabled && 'opacity-50', className)}>
      <Base.Root
        checked={checked}
        indeterminate={some}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        className="touch-target border-control data-checked:bg-accent data-indeterminate:bg-accent text-accent-ink my-0.5 grid size-4 shrink-0 place-items-center rounded-sm border data-checked:border-transparent data-indeterminate:border-transparent"
      >
        <Base.Indicator>
          <Icon of={some ? Minus : Check} size={12} />
        </Base.Indicator>
      </Base.Root>
      <span className={hideLabel ? 'sr-only' : undefined}>
        {label}
        {hint && <span className="text-muted block text-xs">{hint}</span>}
      </span>
    </label>
  )
}
