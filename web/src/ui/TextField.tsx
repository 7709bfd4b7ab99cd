import type { ComponentProps, ReactNode } from 'react'

import { classes } from './classes'
import { Field, inputLook, type FieldWords } from './Field'

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'size'>, FieldWords {
  size?: 'medium' | 'large'
  /** A button or a sign at the end, inside. */
  end?: ReactNode
}

export function TextField({
  label,
  hideLabel,
  hint,
  error,
  size = 'medium',
  end,
  id,
  className,
  ...rest
}: TextFieldProps) {
  return (
    <Field label={label} hideLabel={hideLabel} hint={hint} error={error} id={id} className={className}>
      {(ties) => (
        <span className="relative flex">
          <input
            {...rest}
            {...ties}
            className={classes(
              inputLook,
              size === 'large' ? 'h-9' : 'h-8',
              'pointer-coarse:h-11',
              Boolean(end) && 'pe-9',
            )}
          />
          {end && <span className="absolute inset-y-0 end-1 flex items-center">{end}</span>}
        </span>
      )}
    </Field>
  )
}
