import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'

import { api, ok } from '../../api/client'
import { Problem } from '../../api/problem'
import type { components } from '../../api/schema'
import { end } from '../../api/session'
import { Refused } from '../../fields/Refused'
import { useSending } from '../../fields/refusals'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { SettingsSection } from '../../ui/SettingsSection'
import { SecretField } from './SecretField'

type Owned = NonNullable<components['schemas']['Problem']['workspaces']>

export function DeleteAccount() {
  const { t } = useLingui()
  const form = useDeletion()
  return (
    <SettingsSection title={<Trans>Delete your account</Trans>} lead={<Trans>At once, and for good.</Trans>}>
      <ul className="text-muted marker:text-icon flex max-w-130 list-disc flex-col gap-1 ps-5">
        <li>
          <Trans>You are signed out everywhere, and your tokens end.</Trans>
        </li>
        <li>
          <Trans>Workspaces that nobody else is in are deleted, with everything in them.</Trans>
        </li>
        <li>
          <Trans>What you wrote elsewhere stays, under the name “Former member”. Tasks stay assigned to it.</Trans>
        </li>
        <li>
          <Trans>Your e-mail address is free again.</Trans>
        </li>
      </ul>
      <form noValidate onSubmit={form.submit} className="flex max-w-90 flex-col gap-4">
        <SecretField
          id="delete-password"
          label={t`Your password`}
          autoComplete="current-password"
          value={form.password}
          onChange={form.setPassword}
          error={form.passwordError}
        />
        <Checkbox
          label={t`I know that this can’t be undone`}
          checked={form.sure}
          onChange={form.setSure}
          hint={form.sureError && <span className="text-danger-text">{form.sureError}</span>}
        />
        {form.owned ? <SoleOwner of={form.owned} /> : <Refused of={form.refused} fields={['password']} />}
        <div>
          <Button type="submit" kind="danger" busy={form.busy}>
            <Trans>Delete my account</Trans>
          </Button>
        </div>
      </form>
    </SettingsSection>
  )
}

function SoleOwner({ of }: { of: Owned }) {
  return (
    <div role="alert" className="bg-danger-tint text-danger-text rounded-md px-3 py-2">
      <Trans>
        Others work in these workspaces, and nobody else owns them. Make somebody else an owner of each, or delete it:
      </Trans>
      <ul className="mt-1">
        {of.map((w) => (
          <li key={w.id}>
            <Link
              to="/$workspace/settings/$section"
              params={{ workspace: w.slug, section: 'members' }}
              className="underline underline-offset-2"
            >
              {w.name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function useDeletion() {
  const { t } = useLingui()
  const { busy, refused, send } = useSending()
  const [password, setPassword] = useState('')
  const [sure, setSure] = useState(false)
  const [tried, setTried] = useState(false)
  const [owned, setOwned] = useState<Owned>()

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (busy || !password || !sure) return
    setOwned(undefined)
    await send(async () => {
      const call = api.DELETE('/me', { body: { password } })
      const { error } = await call
      setOwned(error?.code === 'sole-owner' ? (error.workspaces ?? []) : undefined)
      await ok(call)
      await end()
    })
  }
  const wrong = refused instanceof Problem && refused.errors.some((e) => e.field === 'password')
  return {
    password,
    setPassword,
    passwordError: tried && !password ? t`Enter your password.` : wrong ? t`This is not your password.` : undefined,
    sure,
    setSure,
    sureError: tried && !sure ? t`Tick this to go on.` : undefined,
    owned,
    busy,
    refused,
    submit,
  }
}
