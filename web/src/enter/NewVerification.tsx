import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { me } from '../api/session'
import { ask } from './ask'
import { Card } from './Card'
import { EnterForm } from './EnterForm'
import { EnterLink } from './EnterLink'
import { useSubmission } from './submitting'

/** For whose link to confirm an address is no good: used, too old, or cut off. */
export function NewVerification({ whole }: { whole: boolean }) {
  const { t } = useLingui()
  const [sent, setSent] = useState(false)
  const user = me()
  const submission = useSubmission({
    fields: [],
    check: () => ({}),
    run: async () => {
      await ask('/auth/email/ask', { method: 'POST', asUser: true })
      setSent(true)
    },
  })
  if (sent && user) {
    const { email } = user
    return <Card title={t`Look into your mail`} lead={<Trans>A new link is on its way to {email}.</Trans>} />
  }
  return (
    <Card
      title={whole ? t`This link does not work any more` : t`The link is not whole`}
      lead={
        whole ? (
          <Trans>It was used already, or is too old. Perhaps your address is confirmed by now.</Trans>
        ) : (
          <Trans>Open the link from the mail once more.</Trans>
        )
      }
      foot={
        !user && (
          <EnterLink to="login">
            <Trans>Sign in</Trans>
          </EnterLink>
        )
      }
    >
      {user ? (
        <EnterForm submission={submission} action={t`Send a new link`} />
      ) : (
        <p className="text-muted">
          <Trans>Sign in to have a new one sent, in the settings of your account.</Trans>
        </p>
      )}
    </Card>
  )
}
