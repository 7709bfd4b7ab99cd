import type { ComponentProps } from 'react'

import { classes } from './classes'
import { Field, inputLook, type FieldWords } from './Field'

export interface TextAreaProps extends ComponentProps<'textarea'>, FieldWords {}

/** Grows with what is written, up to half the screen. */
export function TextArea({ label, hideLabel, hint, error, id, className, rows = 3, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hideLabel={hideLabel} hint={hint} error={error} id={id} className={className}>
      {(ties) => (
        <textarea
          rows={rows}
          {...rest}
          {...ties}
          className={classes(inputLook, 'autogrow max-h-[50dvh] resize-none py-1.5')}
        />
      )}
    </Field>
  )
}
