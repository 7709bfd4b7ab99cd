import type { LucideIcon } from 'lucide-react'
import { useId } from 'react'

import { Icon } from './Icon'
import { Tooltip } from './Tooltip'

interface SegmentedControlProps<V extends string> {
  name: string
  value: V
  onChange: (value: V) => void
  options: readonly { value: V; name: string; icon?: LucideIcon; iconOnly?: boolean; keys?: string }[]
}

/** One of two to four ways to see the same: board or list, light or dark. One stop for Tab; arrows choose. */
export function SegmentedControl<V extends string>({ name, value, onChange, options }: SegmentedControlProps<V>) {
  const group = useId()
  return (
    <div role="radiogroup" aria-label={name} className="bg-pressed inline-flex gap-0.5 rounded-md p-0.5">
      {options.map((option) => {
        const segment = (
          <label
            key={option.value}
            className="touch-target text-muted hover:text-ink has-checked:bg-floating has-checked:text-ink has-checked:border-line-strong has-focus-visible:outline-focus relative flex h-6 cursor-pointer items-center gap-1.5 rounded-sm border border-transparent px-2 text-xs font-medium outline-2 outline-offset-2 outline-transparent"
          >
            <input
              type="radio"
              name={group}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              aria-label={option.iconOnly ? option.name : undefined}
              className="sr-only"
            />
            {option.icon && <Icon of={option.icon} size={14} />}
            {!option.iconOnly && option.name}
          </label>
        )
        return option.iconOnly || option.keys ? (
          <Tooltip key={option.value} text={option.name} keys={option.keys}>
            {segment}
          </Tooltip>
        ) : (
          segment
        )
      })}
    </div>
  )
}
