import { useId, type ReactNode } from 'react'

import { classes } from './classes'

export interface FieldWords {
  label: ReactNode
  /** Read out and not drawn. */
  hideLabel?: boolean
  hint?: ReactNode
  /** What is wrong and how to put it right. */
  error?: ReactNode
}

interface FieldProps extends FieldWords {
  id?: string
  className?: string
  /** The control, given what ties it to its label, hint and error. */
  children: (ties: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': true | undefined
  }) => ReactNode
}

/** A label above a control, a hint or an error below. */
export function Field({ label, hideLabel, hint, error, id, className, children }: FieldProps) {
  const own = useId()
  const control = id ?? own
  const described = [error ? `${control}-error` : '', hint ? `${control}-hint` : ''].filter(Boolean).join(' ')
  return (
    <div className={classes('flex flex-col gap-1.5', className)}>
      <label htmlFor={control} className={hideLabel ? 'sr-only' : 'font-medium'}>
        {label}
      </label>
      {children({ id: control, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${control}-error`} className="text-danger-text text-xs">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${control}-hint`} className="text-muted text-xs">
          {hint}
        </p>
      )}
    </div>
  )
}

/** How what one types in looks. */
export const inputLook =
  'border-control bg-panel text-ink aria-invalid:border-danger w-full rounded-md border px-2.5 focus-visible:border-focus focus-visible:outline-offset-[-1px] disabled:opacity-50 read-only:bg-well read-only:border-line-strong'
