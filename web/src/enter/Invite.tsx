import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { Problem } from '../api/problem'
import { me } from '../api/session'
import { useAnswer } from './asking'
import { ask } from './ask'
import { Card } from './Card'
import { EnterLink } from './EnterLink'
import { InviteAccept } from './InviteAccept'
import { InviteNewcomer } from './InviteNewcomer'
import type { Preview } from './InviteLead'
import { usePlace } from './place'
import { Waiting } from './Waiting'

/** An invitation: into what, by whom, as what; then accepting it, with an account that there is or a new one. */
export function Invite() {
  const { t } = useLingui()
  const { token } = usePlace()
  const [met, setMet] = useState<{ refused?: unknown }>({}) // set when one has signed in or out here
  const { answer, refused, again } = useAnswer(token && 'invitation ' + token, () =>
    ask<Preview>('/invitations/' + encodeURIComponent(token)),
  )
  if (!token) return <NoInvitation whole={false} />
  if (refused instanceof Problem && [404, 410, 422].includes(refused.status)) return <NoInvitation whole />
  if (!answer) return <Waiting title={t`Your invitation`} refused={refused} again={again} />
  const user = me()
  if (user) return <InviteAccept token={token} to={answer} user={user} refused={met.refused} left={() => setMet({})} />
  return <InviteNewcomer token={token} to={answer} stuck={(refused) => setMet({ refused })} />
}

function NoInvitation({ whole }: { whole: boolean }) {
  const { t } = useLingui()
  return (
    <Card
      title={whole ? t`This invitation does not work any more` : t`The link is not whole`}
      lead={
        whole ? (
          <Trans>It was used already, taken back, or is too old. Ask whoever invited you for a new one.</Trans>
        ) : (
          <Trans>Open the link of the invitation once more.</Trans>
        )
      }
      foot={
        <EnterLink to="login" keepNext={false}>
          <Trans>Sign in</Trans>
        </EnterLink>
      }
    />
  )
}
