import { Trans } from '@lingui/react/macro'

import type { components } from '../api/schema'

export type Preview = components['schemas']['InvitationPreview']

/** Who invites, and as what one would come. */
export function InviteLead({ to: { invited_by: by, role } }: { to: Preview }) {
  const who = by && <b className="text-ink font-medium">{by}</b>
  if (role === 'guest')
    return by ? (
      <Trans>{who} invites you as a guest: you see the projects that are shared with you.</Trans>
    ) : (
      <Trans>You are invited as a guest: you see the projects that are shared with you.</Trans>
    )
  if (role === 'admin')
    return by ? (
      <Trans>{who} invites you as an administrator.</Trans>
    ) : (
      <Trans>You are invited as an administrator.</Trans>
    )
  return by ? <Trans>{who} invites you as a member.</Trans> : <Trans>You are invited as a member.</Trans>
}
