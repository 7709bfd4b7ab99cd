import { Switch as Base } from '@base-ui/react/switch'
import type { ReactNode } from 'react'

import { classes } from './classes'

interface SwitchProps {
  checked: boolean
  onChange: (checked: boolean) => void
  label: ReactNode
  hint?: ReactNode
  disabled?: boolean
}

/** Something that is on or off from now on; the words first, the switch at the end. */
export function Switch({ checked, onChange, label, hint, disabled }: SwitchProps) {
  return (
    <label className={classes('flex items-start justify-between gap-4', disabled && 'opacity-50')}>
      <span>
        <span className="font-medium">{label}</span>
        {hint && <span className="text-muted block text-xs">{hint}</span>}
      </span>
      <Base.Root
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        className="touch-target bg-control data-checked:bg-accent flex h-5 w-8 shrink-0 items-center rounded-full p-0.5"
      >
        <Base.Thumb className="size-4 rounded-full bg-(--switch-thumb) transition-transform data-checked:translate-x-3 rtl:data-checked:-translate-x-3" />
      </Base.Root>
    </label>
  )
}
