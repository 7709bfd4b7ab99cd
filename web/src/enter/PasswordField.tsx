import { useLingui } from '@lingui/react/macro'
import { useState, type KeyboardEvent, type ReactNode } from 'react'

import { TextField } from '../ui/TextField'

interface PasswordFieldProps {
  label: string
  /** Given for one that is chosen here: says how good it is. Password managers offer one. */
  judge?: (password: string) => ReactNode
  error?: string
  first?: boolean
}

/** A password that can be looked at, with a word when the capitals are locked. */
export function PasswordField({ label, judge, error, first }: PasswordFieldProps) {
  const { t } = useLingui()
  const [shown, setShown] = useState(false)
  const [capitals, setCapitals] = useState(false)
  const [value, setValue] = useState('')
  const watch = (e: KeyboardEvent) => setCapitals(e.getModifierState?.('CapsLock') ?? false)
  const locked = capitals && <span className="text-warning-text block">{t`Caps Lock is on.`}</span>
  const verdict = (value || !error) && judge?.(value)
  return (
    <TextField
      label={label}
      name="password"
      type={shown ? 'text' : 'password'}
      autoComplete={judge ? 'new-password' : 'current-password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
      size="large"
      error={error}
      data-first={first || undefined}
      hint={
        locked || verdict ? (
          <>
            {locked}
            {verdict}
          </>
        ) : undefined
      }
      onChange={(e) => setValue(e.target.value)}
      onKeyDown={watch}
      onKeyUp={watch}
      onBlur={() => setCapitals(false)}
      end={
        <button
          type="button"
          aria-label={t`Show password`}
          aria-pressed={shown}
          title={shown ? t`Hide password` : t`Show password`}
          className="touch-target text-icon hover:text-ink hover:bg-hover grid size-7 place-items-center rounded-md"
          onClick={() => setShown(!shown)}
        >
          <svg viewBox="0 0 16 16" aria-hidden className="size-4 fill-none stroke-current stroke-[1.5]">
            <path d="M1.5 8s2.4-4.5 6.5-4.5S14.5 8 14.5 8 12.1 12.5 8 12.5 1.5 8 1.5 8Z" strokeLinejoin="round" />
            <circle cx="8" cy="8" r="1.9" />
            {shown && <path d="M2.5 2.5l11 11" strokeLinecap="round" />}
          </svg>
        </button>
      }
    />
  )
}
