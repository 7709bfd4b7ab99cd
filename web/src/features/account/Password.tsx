import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type FormEvent } from 'react'

import { api, ok } from '../../api/client'
import { Problem } from '../../api/problem'
import { Refused } from '../../fields/Refused'
import { useSending } from '../../fields/refusals'
import { usePerson } from '../../store'
import { Button } from '../../ui/Button'
import { SettingsSection } from '../../ui/SettingsSection'
import { toast } from '../../ui/Toast'
import { SecretField } from './SecretField'

export function Password() {
  const { t } = useLingui()
  const form = usePassword()
  const email = usePerson()?.email ?? ''
  return (
    <SettingsSection
      title={<Trans>Change your password</Trans>}
      lead={<Trans>Your other sessions end with it: everybody who is signed in elsewhere has to sign in again.</Trans>}
    >
      <form noValidate onSubmit={form.submit} className="flex max-w-90 flex-col gap-4">
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <SecretField
          id="password-current"
          label={t`Password as it is`}
          autoComplete="current-password"
          value={form.current}
          onChange={form.setCurrent}
          error={form.errors.current}
        />
        <SecretField
          id="password-new"
          label={t`New password`}
          autoComplete="new-password"
          value={form.next}
          onChange={form.setNext}
          hint={t`8 characters at least. A few words in a row are better than one with signs in it.`}
          error={form.errors.next}
        />
        <Refused of={form.refused} fields={['current', 'new']} />
        <div>
          <Button type="submit" kind="primary" busy={form.busy}>
            <Trans>Change password</Trans>
          </Button>
        </div>
      </form>
    </SettingsSection>
  )
}

function usePassword() {
  const { t } = useLingui()
  const { busy, refused, send } = useSending()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [missing, setMissing] = useState<{ current?: string; next?: string }>({})

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const found = {
      ...(current ? {} : { current: t`Enter your password as it is.` }),
      ...([...next].length >= 8 ? {} : { next: t`Choose a password of at least 8 characters.` }),
    }
    setMissing(found)
    const first = found.current ? 'password-current' : found.next ? 'password-new' : undefined
    if (first) return document.getElementById(first)?.focus()
    const done = await send(() => ok(api.POST('/auth/password/change', { body: { current, new: next } })))
    if (!done) return
    setCurrent('')
    setNext('')
    toast({ text: t`Your password is changed, and your other sessions have ended.` })
  }
  function said(field: string): string | undefined {
    const message = refused instanceof Problem ? refused.errors.find((e) => e.field === field)?.message : undefined
    if (!message) return undefined
    if (field === 'current') return t`This is not your password.`
    if (message.includes('guessed')) return t`This is one of the passwords that are guessed first. Choose another.`
    if (message.includes('at most')) return t`This password is too long. Choose a shorter one.`
    return t`Choose another password: it ${message}.`
  }
  const errors = { current: missing.current ?? said('current'), next: missing.next ?? said('new') }
  return { current, setCurrent, next, setNext, errors, busy, refused, submit }
}
