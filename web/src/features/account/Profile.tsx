import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { api, ok } from '../../api/client'
import { CommitField } from '../../fields/CommitField'
import { Refused } from '../../fields/Refused'
import { useSending } from '../../fields/refusals'
import { changePerson, usePerson } from '../../store'
import { Avatar } from '../../ui/Avatar'
import { Button } from '../../ui/Button'
import { SettingsSection } from '../../ui/SettingsSection'
import { TextField } from '../../ui/TextField'
import { TimeZone } from './TimeZone'

export function Profile() {
  const { t } = useLingui()
  const person = usePerson()
  if (!person) return null
  return (
    <>
      <SettingsSection title={<Trans>Who you are</Trans>} lead={<Trans>Everybody you work with sees your name.</Trans>}>
        <div className="flex items-start gap-4">
          <Avatar id={person.id} name={person.name} size={32} className="mt-6.5" />
          <CommitField
            label={t`Name`}
            className="grow"
            autoComplete="name"
            maxLength={100}
            value={person.name}
            check={(name) => (name ? undefined : t`Enter your name.`)}
            onCommit={(name) => changePerson({ name })}
          />
        </div>
        <Email address={person.email} />
      </SettingsSection>
      <SettingsSection
        title={<Trans>Time zone</Trans>}
        lead={<Trans>When your days begin and end: what is due today, what is overdue.</Trans>}
      >
        <TimeZone zone={person.timezone} />
      </SettingsSection>
    </>
  )
}

function Email({ address }: { address: string }) {
  const { t } = useLingui()
  const { busy, refused, send } = useSending()
  const [sent, setSent] = useState(false)
  return (
    <>
      <TextField
        label={t`E-mail address`}
        type="email"
        value={address}
        readOnly
        hint={t`You sign in with it. Nobody else can see it but the members of your workspaces.`}
      />
      <div className="flex items-center gap-3 max-phone:flex-wrap">
        <Button
          busy={busy}
          onClick={() => void send(() => ok(api.POST('/auth/email/ask'))).then((done) => setSent(done))}
        >
          <Trans>Send me a link to verify it</Trans>
        </Button>
        <p role="status" className="text-muted">
          {sent && <Trans>A link is on its way to {address}.</Trans>}
        </p>
      </div>
      <Refused of={refused} />
    </>
  )
}
