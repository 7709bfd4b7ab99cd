import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useId } from 'react'

import { classes } from '../ui/classes'
import { colorNames, colorOf, type ColorName } from '../ui/colors'
import { Popover } from '../ui/Popover'

const words: Record<ColorName, MessageDescriptor> = {
  gray: msg`Gray`,
  red: msg`Red`,
  orange: msg`Orange`,
  yellow: msg`Yellow`,
  lime: msg`Lime`,
  green: msg`Green`,
  teal: msg`Teal`,
  sky: msg`Sky`,
  blue: msg`Blue`,
  violet: msg`Violet`,
  pink: msg`Pink`,
  brown: msg`Brown`,
}

interface ColorFieldProps {
  label: string
  hideLabel?: boolean
  value: string
  onChange: (color: ColorName) => void
}

/** One of the colours that things can have. */
export function ColorField({ label, hideLabel, value, onChange }: ColorFieldProps) {
  const { i18n } = useLingui()
  const group = useId()
  return (
    <fieldset>
      <legend className={hideLabel ? 'sr-only' : 'mb-1.5 font-medium'}>{label}</legend>
      <div className="flex flex-wrap gap-1.5 pointer-coarse:gap-5">
        {colorNames.map((c) => (
          <label
            key={c}
            title={i18n._(words[c])}
            className={classes(
              'touch-target hover:bg-hover has-focus-visible:outline-focus relative grid size-6 cursor-pointer place-items-center rounded-md outline-2 outline-offset-2 outline-transparent',
              c === (value || 'gray') && 'bg-pressed ring-control ring-1',
            )}
          >
            <input
              type="radio"
              name={group}
              aria-label={i18n._(words[c])}
              checked={c === (value || 'gray')}
              onChange={() => onChange(c)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            <span className="size-3 rounded-[3px]" style={{ background: colorOf(c) }} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A dot of the colour; a press opens the others. */
export function ColorButton({ label, value, onChange }: Omit<ColorFieldProps, 'hideLabel'>) {
  return (
    <Popover
      name={label}
      trigger={
        <button
          type="button"
          aria-label={label}
          title={label}
          className="touch-target hover:bg-hover data-popup-open:bg-pressed grid size-7 shrink-0 place-items-center rounded-md"
        >
          <span className="size-3 rounded-full" style={{ background: colorOf(value) }} />
        </button>
      }
    >
      <div className="w-47 p-3 pointer-coarse:w-70">
        <ColorField label={label} hideLabel value={value} onChange={onChange} />
      </div>
    </Popover>
  )
}
