import { Trans, useLingui } from '@lingui/react/macro'

import { Problem } from '../api/problem'
import { accessToken } from '../api/session'
import { post } from './ask'
import { Card } from './Card'
import { EnterForm } from './EnterForm'
import { EnterLink } from './EnterLink'
import { PasswordField } from './PasswordField'
import { addressOf, go, usePlace } from './place'
import { useChecks, useFieldSentences } from './sentences'
import { kept } from './SignInForm'
import { Strength } from './Strength'
import { useSubmission } from './submitting'

export function ResetPassword() {
  const { t } = useLingui()
  const { token } = usePlace()
  const checks = useChecks()
  const submission = useSubmission({
    fields: ['password'],
    check: (v) => kept({ password: checks.newPassword(v.password) }),
    explain: useFieldSentences(),
    run: async (v) => {
      await post('/auth/password/reset', { token, password: v.password })
      await accessToken().catch(() => undefined) // finds out whether the session of this browser was one of hers
      go(addressOf('login', 'reset=1'))
    },
  })
  const { refused } = submission
  const used = refused instanceof Problem && refused.status === 410
  if (!token || used)
    return (
      <Card
        title={used ? t`This link does not work any more` : t`The link is not whole`}
        lead={
          used ? (
            <Trans>It was used already, or is too old. Have a new one sent.</Trans>
          ) : (
            <Trans>Open the link from the mail once more, or have a new one sent.</Trans>
          )
        }
        foot={
          <EnterLink to="login">
            <Trans>Back to signing in</Trans>
          </EnterLink>
        }
      >
        <EnterLink to="forgot">
          <Trans>Send a new link</Trans>
        </EnterLink>
      </Card>
    )
  return (
    <Card
      title={t`Choose a new password`}
      lead={<Trans>You will be signed out everywhere, and sign in with it.</Trans>}
    >
      <EnterForm submission={submission} action={t`Change password`}>
        <PasswordField
          label={t`New password`}
          judge={(password) => <Strength password={password} />}
          first
          error={submission.wrong.password}
        />
      </EnterForm>
    </Card>
  )
}
