import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { Button } from '../ui/Button'
import { post } from './ask'
import { Card, installation } from './Card'
import { EmailField } from './EmailField'
import { EnterForm } from './EnterForm'
import { EnterLink } from './EnterLink'
import { useChecks, useFieldSentences } from './sentences'
import { kept } from './SignInForm'
import { useSubmission } from './submitting'

export function Forgot() {
  const { t } = useLingui()
  const [sentTo, setSentTo] = useState('')
  const checks = useChecks()
  const submission = useSubmission({
    fields: ['email'],
    check: (v) => kept({ email: checks.email(v.email) }),
    explain: useFieldSentences(),
    run: async (v) => {
      await post('/auth/password/forgot', { email: v.email.trim() })
      setSentTo(v.email.trim())
    },
  })
  const back = (
    <EnterLink to="login">
      <Trans>Back to signing in</Trans>
    </EnterLink>
  )
  const host = installation()
  if (sentTo)
    return (
      <Card
        title={t`Look into your mail`}
        lead={
          <Trans>
            If <b className="text-ink font-medium break-all">{sentTo}</b> has an account here, a link for a new password
            is on its way.
          </Trans>
        }
        foot={back}
      >
        <p className="text-muted text-pretty">
          <Trans>
            Nothing after some minutes? Look among the junk, or ask whoever runs {host}: they can set a new password for
            you.
          </Trans>
        </p>
        <Button className="mt-4" size="large" wide onClick={() => setSentTo('')}>
          <Trans>Use another address</Trans>
        </Button>
      </Card>
    )
  return (
    <Card
      title={t`Forgot your password?`}
      lead={<Trans>Enter the address that you sign in with. You will get a link by mail.</Trans>}
      foot={back}
    >
      <EnterForm submission={submission} action={t`Send the link`}>
        <EmailField error={submission.wrong.email} />
      </EnterForm>
    </Card>
  )
}
