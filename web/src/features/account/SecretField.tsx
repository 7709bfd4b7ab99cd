import { useLingui } from '@lingui/react/macro'
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'

import { IconButton } from '../../ui/IconButton'
import { TextField } from '../../ui/TextField'

interface SecretFieldProps {
  id: string
  label: string
  value: string
  onChange: (value: string) => void
  autoComplete: 'current-password' | 'new-password'
  hint?: string
  error?: string
}

/** A password, which can be looked at. */
export function SecretField({ onChange, ...field }: SecretFieldProps) {
  const { t } = useLingui()
  const [shown, setShown] = useState(false)
  return (
    <TextField
      {...field}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      end={
        <IconButton
          icon={shown ? EyeOff : Eye}
          name={shown ? t`Hide the password` : t`Show the password`}
          size="small"
          onClick={() => setShown(!shown)}
        />
      }
    />
  )
}
