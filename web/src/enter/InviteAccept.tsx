import { Trans, useLingui } from '@lingui/react/macro'

import { SignedOut } from '../api/problem'
import { end, type Me } from '../api/session'
import { Button } from '../ui/Button'
import { accept } from './accept'
import { Card } from './Card'
import { EnterForm } from './EnterForm'
import { InviteLead, type Preview } from './InviteLead'
import { useSubmission } from './submitting'

interface InviteAcceptProps {
  token: string
  to: Preview
  user: Me
  /** Why it was not accepted when one had just signed in. */
  refused?: unknown
  /** Nobody is signed in any more. */
  left: () => void
}

/** An invitation before somebody who is signed in, perhaps not the one that it was sent to. */
export function InviteAccept({ token, to, user, refused, left }: InviteAcceptProps) {
  const { t } = useLingui()
  const submission = useSubmission({
    fields: [],
    refusedBefore: refused,
    check: () => ({}),
    run: async () => {
      try {
        return await accept(token)
      } catch (e) {
        if (!(e instanceof SignedOut)) throw e
        left()
      }
    },
  })
  const other = to.email !== null && to.email.toLowerCase() !== user.email.toLowerCase()
  const name = to.workspace.name
  const mine = <b className="text-ink font-medium break-all">{user.email}</b>
  const theirs = <b className="text-ink font-medium break-all">{to.email}</b>
  return (
    <Card title={t`Join ${name}`} lead={<InviteLead to={to} />}>
      <p className="text-muted mb-4 text-pretty">
        {other ? (
          <Trans>
            The invitation was sent to {theirs}, and you are signed in as {mine}.
          </Trans>
        ) : (
          <Trans>You are signed in as {mine}.</Trans>
        )}
      </p>
      <EnterForm submission={submission} action={other ? t`Join with this account` : t`Join`} />
      <Button className="mt-3" size="large" wide disabled={submission.busy} onClick={() => void end().then(left)}>
        <Trans>Use another account</Trans>
      </Button>
    </Card>
  )
}
