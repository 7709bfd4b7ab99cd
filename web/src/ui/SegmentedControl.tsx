import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { LucideIcon } from 'lucide-react'

import { Icon } from './Icon'

interface SegmentedControlProps<V extends string> {
  name: string
  value: V
  onChange: (value: V) => void
  options: readonly { value: V; name: string; icon?: LucideIcon; iconOnly?: boolean }[]
}

/** One of two to four ways to see the same: board or list, light or dark. */
export function SegmentedControl<V extends string>({ name, value, onChange, options }: SegmentedControlProps<V>) {
  return (
    <ToggleGroup
      aria-label={name}
      value={[value]}
      onValueChange={(next) => next[0] !== undefined && onChange(next[0] as V)}
      className="bg-pressed inline-flex gap-0.5 rounded-md p-0.5"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          aria-label={option.iconOnly ? option.name : undefined}
          title={option.iconOnly ? option.name : undefined}
          className="touch-target text-muted hover:text-ink data-pressed:bg-floating data-pressed:text-ink data-pressed:border-line-strong flex h-6 items-center gap-1.5 rounded-sm border border-transparent px-2 text-xs font-medium"
        >
          {option.icon && <Icon of={option.icon} size={14} />}
          {!option.iconOnly && option.name}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
