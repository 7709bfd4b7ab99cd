import { useLingui } from '@lingui/react/macro'

import { TextField } from '../ui/TextField'
import { typed } from './typed'

interface EmailFieldProps {
  error?: string
  /** The only address that will do. */
  only?: string | null
  first?: boolean
}

/** The address that one signs in with, as password managers know it. */
export function EmailField({ error, only, first = true }: EmailFieldProps) {
  const { t } = useLingui()
  return (
    <TextField
      label={t`E-mail address`}
      name="email"
      type="email"
      inputMode="email"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      required
      size="large"
      error={error}
      readOnly={Boolean(only)}
      defaultValue={only ?? typed.email}
      data-first={(first && !only) || undefined}
      onChange={(e) => (typed.email = e.target.value)}
    />
  )
}
