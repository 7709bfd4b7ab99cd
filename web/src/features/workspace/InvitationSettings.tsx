import { Trans, useLingui } from '@lingui/react/macro'
import { Link2, Mail, Plus } from 'lucide-react'
import { useState } from 'react'

import { api, ok } from '../../api/client'
import type { components } from '../../api/schema'
import { speakDay, today, useNow } from '../../dates'
import { Confirm } from '../../fields/Confirm'
import { FromServer } from '../../fields/FromServer'
import { useServer, wholeList } from '../../fields/serverList'
import { useProjects, useWorkspace, useZone } from '../../store'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { Icon } from '../../ui/Icon'
import { SettingsLine, SettingsLines, SettingsSection } from '../../ui/SettingsSection'
import { toast } from '../../ui/Toast'
import { InvitationForm } from './InvitationForm'
import { MadeInvitation } from './MadeInvitation'
import { useRoles } from './roles'

export type Invitation = components['schemas']['Invitation']

/** Who is asked to come, and ways to ask others. */
export function InvitationSettings() {
  const { t } = useLingui()
  const { id: ws } = useWorkspace()
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<Invitation>()
  const answer = useServer(['invitations', ws], () =>
    wholeList((query) => ok(api.GET('/workspaces/{ws}/invitations', { params: { path: { ws }, query } }))),
  )

  async function revoke(invitation: Invitation) {
    const path = { ws, invitation: invitation.id }
    await answer.mutate(
      async (all) => {
        await ok(api.DELETE('/workspaces/{ws}/invitations/{invitation}', { params: { path } }))
        return all?.filter((i) => i.id !== invitation.id)
      },
      { revalidate: false },
    )
    if (made?.id === invitation.id) setMade(undefined)
    toast({ text: t`The invitation is revoked` })
  }
  const make = () => setMaking(true)
  return (
    <SettingsSection
      title={<Trans>Open invitations</Trans>}
      lead={<Trans>By mail to one person, or as a link that you pass on.</Trans>}
      action={
        Boolean(answer.data?.length) && (
          <Button icon={<Icon of={Plus} />} onClick={make}>
            <Trans>Invite</Trans>
          </Button>
        )
      }
    >
      {made && <MadeInvitation invitation={made} onDone={() => setMade(undefined)} />}
      <FromServer answer={answer}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={Mail} action={{ name: t`Invite somebody`, run: make }}>
              <Trans>Nobody is invited just now.</Trans>
            </EmptyState>
          ) : (
            <SettingsLines name={t`Open invitations`}>
              {all.map((i) => (
                <InvitationLine key={i.id} invitation={i} revoke={() => revoke(i)} />
              ))}
            </SettingsLines>
          )
        }
      </FromServer>
      {making && (
        <InvitationForm
          onClose={() => setMaking(false)}
          onMade={(invitation) => {
            setMade(invitation)
            void answer.mutate()
          }}
        />
      )}
    </SettingsSection>
  )
}

function InvitationLine({ invitation, revoke }: { invitation: Invitation; revoke: () => Promise<void> }) {
  const { t, i18n } = useLingui()
  const zone = useZone()
  const now = useNow()
  const role = useRoles().find((r) => r.value === invitation.role)?.name ?? invitation.role
  const projects = useProjects()
    .filter((p) => invitation.projects.some((g) => g.project === p.id))
    .map((p) => p.name)
  const ends = speakDay(today(zone, Date.parse(invitation.expires_at)), i18n.locale, today(zone, now))
  const uses = i18n.number(invitation.uses)
  const mail = { queued: t`mail on its way`, sent: t`mail sent`, failed: t`the mail could not be sent` }
  const name = invitation.email ?? t`Link for anybody`
  return (
    <SettingsLine
      icon={<Icon of={invitation.email ? Mail : Link2} className="text-icon" />}
      title={name}
      detail={[
        role,
        projects.join(', '),
        invitation.mail && mail[invitation.mail],
        !invitation.email &&
          (invitation.max_uses ? t`used ${uses} of ${i18n.number(invitation.max_uses)}` : t`used ${uses} times`),
        t`open till ${ends}`,
      ]
        .filter(Boolean)
        .join(' · ')}
    >
      <Confirm
        danger
        trigger={
          <Button size="small" aria-label={t`Revoke the invitation: ${name}`}>
            <Trans>Revoke</Trans>
          </Button>
        }
        title={t`Revoke this invitation?`}
        confirm={t`Revoke invitation`}
        onConfirm={revoke}
      >
        <Trans>Its link leads nowhere then. Who has come by it stays.</Trans>
      </Confirm>
    </SettingsLine>
  )
}
