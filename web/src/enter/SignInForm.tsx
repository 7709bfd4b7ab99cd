import { Trans, useLingui } from '@lingui/react/macro'

import type { Me } from '../api/session'
import { signIn } from './account'
import { EmailField } from './EmailField'
import { EnterForm } from './EnterForm'
import { EnterLink } from './EnterLink'
import { PasswordField } from './PasswordField'
import { useChecks, useFieldSentences } from './sentences'
import { useSubmission } from './submitting'

interface SignInFormProps {
  action: string
  email?: string | null
  then: (user: Me) => Promise<'leaving' | void> | 'leaving'
}

/** The address and the password. */
export function SignInForm({ action, email, then }: SignInFormProps) {
  const { t } = useLingui()
  const checks = useChecks()
  const submission = useSubmission({
    fields: ['email', 'password'],
    check: (v) => kept({ email: checks.email(v.email), password: checks.password(v.password) }),
    explain: useFieldSentences(),
    run: async (v) => then(await signIn(v.email, v.password)),
  })
  return (
    <EnterForm submission={submission} action={action}>
      <EmailField only={email} error={submission.wrong.email} />
      <div className="flex flex-col gap-2">
        <PasswordField label={t`Password`} error={submission.wrong.password} first={Boolean(email)} />
        <div>
          <EnterLink to="forgot">
            <Trans>Forgot your password?</Trans>
          </EnterLink>
        </div>
      </div>
    </EnterForm>
  )
}

/** Leaves out what is not wrong. */
export function kept<N extends string>(found: Record<N, string | undefined>): Partial<Record<N, string>> {
  return Object.fromEntries(Object.entries(found).filter(([, why]) => why)) as Partial<Record<N, string>>
}
