import { useLingui } from '@lingui/react/macro'
import { Eye, EyeOff } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'

import { Icon } from '../ui/Icon'
import { TextField } from '../ui/TextField'
import { Strength } from './Strength'

interface PasswordFieldProps {
  label: string
  /** Whether it is chosen here: then its length is commented on, and password managers offer one. */
  fresh?: boolean
  error?: string
  first?: boolean
}

/** A password that can be looked at, with a word when the capitals are locked. */
export function PasswordField({ label, fresh = false, error, first }: PasswordFieldProps) {
  const { t } = useLingui()
  const [shown, setShown] = useState(false)
  const [capitals, setCapitals] = useState(false)
  const [value, setValue] = useState('')
  const watch = (e: KeyboardEvent) => setCapitals(e.getModifierState?.('CapsLock') ?? false)
  const locked = capitals && <span className="text-warning-text block">{t`Caps Lock is on.`}</span>
  const strength = fresh && <Strength password={value} />
  return (
    <TextField
      label={label}
      name="password"
      type={shown ? 'text' : 'password'}
      autoComplete={fresh ? 'new-password' : 'current-password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
      size="large"
      error={error}
      data-first={first || undefined}
      hint={locked || strength ? <>{locked}{strength}</> : undefined}
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
          <Icon of={shown ? EyeOff : Eye} />
        </button>
      }
    />
  )
}
