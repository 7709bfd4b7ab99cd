import { Trans, useLingui } from '@lingui/react/macro'

import { Problem } from '../api/problem'
import type { Me } from '../api/session'
import { TextField } from '../ui/TextField'
import { register } from './register'
import { EmailField } from './EmailField'
import { EnterForm } from './EnterForm'
import { EnterLink } from './EnterLink'
import { PasswordField } from './PasswordField'
import { useChecks, useFieldSentences } from './sentences'
import { kept } from './SignInForm'
import { Strength } from './Strength'
import { useSubmission } from './submitting'

interface RegisterFormProps {
  action: string
  /** The only address that will do. */
  email?: string | null
  /** What lets one in: the secret of an invitation or of setting up. */
  by?: { invitation: string } | { setup: string }
  then: (user: Me) => Promise<'leaving' | void> | 'leaving'
}

/** Name, address and a new password. */
export function RegisterForm({ action, email, by, then }: RegisterFormProps) {
  const { t } = useLingui()
  const checks = useChecks()
  const explain = useFieldSentences()
  const submission = useSubmission({
    fields: ['name', 'email', 'password'],
    check: (v) =>
      kept({ name: checks.name(v.name), email: checks.email(v.email), password: checks.newPassword(v.password) }),
    explain,
    run: async (v) => then(await register({ name: v.name.trim(), email: v.email.trim(), password: v.password, ...by })),
  })
  return (
    <EnterForm
      submission={submission}
      action={action}
      remedy={(refused) =>
        refused instanceof Problem &&
        (refused.code === 'setup-done' || refused.code === 'id-taken') && (
          <EnterLink to="login">
            <Trans>Sign in</Trans>
          </EnterLink>
        )
      }
    >
      <TextField
        label={t`Your name`}
        name="name"
        autoComplete="name"
        required
        size="large"
        maxLength={100}
        data-first
        error={submission.wrong.name}
      />
      <EmailField only={email} first={false} error={submission.wrong.email} />
      <PasswordField
        label={t`Password`}
        judge={(password) => <Strength password={password} />}
        error={submission.wrong.password}
      />
    </EnterForm>
  )
}
