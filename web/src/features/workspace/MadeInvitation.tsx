import { Trans, useLingui } from '@lingui/react/macro'

import { CopyField } from '../../fields/CopyField'
import { Button } from '../../ui/Button'
import type { Invitation } from './InvitationSettings'

/** An invitation that was just made: its link, which is shown this once. */
export function MadeInvitation({ invitation, onDone }: { invitation: Invitation; onDone: () => void }) {
  const { t } = useLingui()
  const { email, mail, token } = invitation
  const link = invitation.link ?? (token && new URL(`invite#${token}`, document.baseURI).href)
  const mailed = mail === 'queued' || mail === 'sent'
  return (
    <div role="status" className="bg-success-tint flex flex-col gap-3 rounded-lg p-4">
      <p className="text-success-text font-medium">
        {email && mailed ? (
          <Trans>An invitation is on its way to {email}.</Trans>
        ) : email ? (
          <Trans>No mail is sent from here. Pass this link on to {email} yourself.</Trans>
        ) : (
          <Trans>Whoever has this link can join. Copy it now: it is not shown again.</Trans>
        )}
      </p>
      {link && (
        <CopyField
          label={t`Link`}
          value={link}
          hint={email ? t`It works once, and only for this address. It is not shown again.` : undefined}
        />
      )}
      <div>
        <Button onClick={onDone}>
          <Trans>Done</Trans>
        </Button>
      </div>
    </div>
  )
}
