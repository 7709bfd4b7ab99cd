import type { ReactNode } from 'react'

import { Check, Minus } from 'lucide-react'

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

export function Checkbox({
  checked,
  some = false,
  onChange,
  label,
  hideLabel,
  hint,
  disabled,
  className,
}: CheckboxProps) {
  return (
    <label className={classes('inline-flex items-start gap-2', disabled && 'opacity-50', className)}>
      <span className="touch-target relative my-0.5 grid size-4 shrink-0 place-items-center">
        <input
          type="checkbox"
          ref={(box) => {
            if (box) box.indeterminate = some
          }}
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          className="border-control checked:bg-accent indeterminate:bg-accent col-start-1 row-start-1 size-4 appearance-none rounded-sm border checked:border-transparent indeterminate:border-transparent"
        />
        {(checked || some) && (
          <Icon
            of={some ? Minus : Check}
            size={12}
            className="text-accent-ink pointer-events-none col-start-1 row-start-1"
          />
        )}
      </span>
      <span className={hideLabel ? 'sr-only' : undefined}>
        {label}
        {hint && <span className="text-muted block text-xs">{hint}</span>}
      </span>
    </label>
  )
}
