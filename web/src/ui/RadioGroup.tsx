import { Radio } from '@base-ui/react/radio'
import { RadioGroup as Base } from '@base-ui/react/radio-group'
import { useId, type ReactNode } from 'react'

interface RadioGroupProps<V extends string> {
  label: ReactNode
  hideLabel?: boolean
  value: V
  onChange: (value: V) => void
  options: readonly { value: V; name: ReactNode; hint?: ReactNode; disabled?: boolean }[]
}

export function RadioGroup<V extends string>({ label, hideLabel, value, onChange, options }: RadioGroupProps<V>) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <span id={id} className={hideLabel ? 'sr-only' : 'font-medium'}>
        {label}
      </span>
      <Base
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => onChange(next as V)}
        className="flex flex-col gap-2"
      >
        {options.map((option) => (
          <label key={option.value} className="inline-flex items-start gap-2 has-data-disabled:opacity-50">
            <Radio.Root
              value={option.value}
              disabled={option.disabled}
              className="touch-target border-control data-checked:bg-accent my-0.5 grid size-4 shrink-0 place-items-center rounded-full border data-checked:border-transparent"
            >
              <Radio.Indicator className="bg-accent-ink size-1.5 rounded-full" />
            </Radio.Root>
            <span>
              {option.name}
              {option.hint && <span className="text-muted block text-xs">{option.hint}</span>}
            </span>
          </label>
        ))}
      </Base>
    </div>
  )
}
