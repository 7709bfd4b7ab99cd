import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type FormEvent } from 'react'

import { api, ok } from '../../api/client'
import { Refused } from '../../fields/Refused'
import { useSending } from '../../fields/refusals'
import { newID, useProjects, useWorkspace } from '../../store'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { RadioGroup } from '../../ui/RadioGroup'
import { SegmentedControl } from '../../ui/SegmentedControl'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { InvitedProjects, type Granted } from './InvitedProjects'
import type { Invitation } from './InvitationSettings'
import { useRoles } from './roles'

/** Asks somebody to come: by mail or by a link, as what, into which projects. */
export function InvitationForm({ onClose, onMade }: { onClose: () => void; onMade: (made: Invitation) => void }) {
  const { t } = useLingui()
  const form = useInvitation((made) => {
    onMade(made)
    onClose()
  })
  const roles = useRoles().filter((r) => r.value !== 'owner')
  return (
    <Dialog
      open
      keepOpen
      onOpenChange={(open) => !open && onClose()}
      title={t`Invite`}
      actions={
        <Button type="submit" form="new-invitation" kind="primary" busy={form.busy}>
          {form.by === 'mail' ? <Trans>Send invitation</Trans> : <Trans>Make link</Trans>}
        </Button>
      }
    >
      <form id="new-invitation" noValidate onSubmit={form.submit} className="flex flex-col gap-5">
        <div>
          <SegmentedControl
            name={t`How`}
            value={form.by}
            onChange={form.setBy}
            options={[
              { value: 'mail', name: t`One person` },
              { value: 'link', name: t`A link to pass on` },
            ]}
          />
        </div>
        {form.by === 'mail' ? (
          <TextField
            id="invite-email"
            label={t`E-mail address`}
            type="email"
            autoFocus
            autoComplete="off"
            value={form.email}
            onChange={(e) => form.setEmail(e.target.value)}
            error={form.emailError}
          />
        ) : (
          <Select
            label={t`Works for`}
            narrow
            value={form.uses}
            onChange={form.setUses}
            options={[
              { value: '1', name: t`One person` },
              { value: '10', name: t`10 people` },
              { value: '0', name: t`Any number of people` },
            ]}
          />
        )}
        <RadioGroup
          label={t`Role`}
          value={form.role}
          onChange={form.setRole}
          options={roles.map(({ value, name, hint }) => ({ value, name, hint }))}
        />
        {form.role !== 'admin' && (
          <InvitedProjects guest={form.role === 'guest'} granted={form.granted} onChange={form.setGranted} />
        )}
        <Refused of={form.refused} fields={['email']} />
      </form>
    </Dialog>
  )
}

function useInvitation(made: (invitation: Invitation) => void) {
  const { t } = useLingui()
  const { id: ws } = useWorkspace()
  const known = new Set(useProjects().map((p) => p.id))
  const { busy, refused, send } = useSending()
  const [by, setBy] = useState<'mail' | 'link'>('mail')
  const [email, setEmail] = useState('')
  const [uses, setUses] = useState<'1' | '10' | '0'>('1')
  const [role, setRole] = useState<Exclude<(Invitation & { role: string })['role'], 'owner'>>('member')
  const [granted, setGranted] = useState<Granted>({})
  const [emailError, setEmailError] = useState<string>()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const address = email.trim()
    const wrong = by === 'mail' && !/^\S+@\S+$/.test(address)
    setEmailError(wrong ? t`Enter an e-mail address, such as ada@example.org.` : undefined)
    if (wrong) return document.getElementById('invite-email')?.focus()
    const projects = Object.entries(role === 'admin' ? {} : granted)
      .filter(([project]) => known.has(project))
      .map(([project, as]) => ({ project, role: as }))
    const whom = by === 'mail' ? { email: address } : { max_uses: Number(uses) }
    await send(async () => {
      const body = { id: newID(), role, projects, ...whom }
      made(await ok(api.POST('/workspaces/{ws}/invitations', { params: { path: { ws } }, body })))
    })
  }
  return {
    by,
    setBy,
    email,
    setEmail,
    uses,
    setUses,
    role,
    setRole,
    granted,
    setGranted,
    emailError,
    busy,
    refused,
    submit,
  }
}
