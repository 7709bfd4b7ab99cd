import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type FormEvent } from 'react'

import { api, ok } from '../../api/client'
import { Refused } from '../../fields/Refused'
import { fieldRefusal, useSending } from '../../fields/refusals'
import { newID, useWorkspaces } from '../../store'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { useScopes } from './scopes'
import type { Token } from './Tokens'

type Scope = Token['scopes'][number]
type Life = '30' | '90' | '365' | 'never'

/** Makes a token: what it is for, what it may do, where, and until when. */
export function NewToken({ onClose, onMade }: { onClose: () => void; onMade: (token: Token) => void }) {
  const { t } = useLingui()
  const form = useNewToken((token) => {
    onMade(token)
    onClose()
  })
  const all = useScopes()
  return (
    <Dialog
      open
      keepOpen
      onOpenChange={(open) => !open && onClose()}
      title={t`New token`}
      actions={
        <Button type="submit" form="new-token" kind="primary" busy={form.busy}>
          <Trans>Make token</Trans>
        </Button>
      }
    >
      <form id="new-token" noValidate onSubmit={form.submit} className="flex flex-col gap-5">
        <TextField
          label={t`Name`}
          hint={t`What it is for, such as “Backup script”.`}
          autoFocus
          maxLength={100}
          value={form.name}
          onChange={(e) => form.setName(e.target.value)}
          error={form.nameError}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-medium">
            <Trans>What it may do</Trans>
          </legend>
          {all.map((s) => (
            <Checkbox
              key={s.id}
              label={s.name}
              hint={s.hint}
              checked={form.scopes.has(s.id)}
              onChange={(on) => form.allow(s.id, on)}
            />
          ))}
          {form.scopesError && <p className="text-danger-text text-xs">{form.scopesError}</p>}
        </fieldset>
        <Where chosen={form.where} choose={form.choose} />
        <Select<Life>
          label={t`Ends`}
          narrow
          value={form.life}
          onChange={form.setLife}
          options={[
            { value: '30', name: t`After 30 days` },
            { value: '90', name: t`After 90 days` },
            { value: '365', name: t`After a year` },
            { value: 'never', name: t`Never` },
          ]}
        />
        <Refused of={form.refused} fields={['name', 'scopes']} />
      </form>
    </Dialog>
  )
}

function Where({ chosen, choose }: { chosen: ReadonlySet<string>; choose: (id: string, on: boolean) => void }) {
  const workspaces = useWorkspaces() ?? []
  if (workspaces.length < 2) return null
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="font-medium">
        <Trans>Only in these workspaces</Trans>
      </legend>
      <p className="text-muted mb-1 text-xs">
        <Trans>Choose none, and it works in all of them.</Trans>
      </p>
      {workspaces.map((w) => (
        <Checkbox key={w.id} label={w.name} checked={chosen.has(w.id)} onChange={(on) => choose(w.id, on)} />
      ))}
    </fieldset>
  )
}

function useNewToken(made: (token: Token) => void) {
  const { t } = useLingui()
  const { busy, refused, send } = useSending()
  const [id] = useState(() => newID())
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<ReadonlySet<Scope>>(new Set<Scope>(['read']))
  const [where, setWhere] = useState<ReadonlySet<string>>(new Set())
  const [life, setLife] = useState<Life>('90')
  const [tried, setTried] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (busy || !name.trim() || scopes.size === 0) return
    const expires = life === 'never' ? null : new Date(Date.now() + Number(life) * 86_400_000).toISOString()
    const body = { id, name: name.trim(), scopes: [...scopes], workspaces: [...where], expires_at: expires }
    await send(async () => made(await ok(api.POST('/auth/tokens', { body }))))
  }
  return {
    name,
    setName,
    scopes,
    allow: (scope: Scope, on: boolean) => setScopes(toggled(scopes, scope, on)),
    where,
    choose: (workspace: string, on: boolean) => setWhere(toggled(where, workspace, on)),
    life,
    setLife,
    nameError: tried && !name.trim() ? t`Give it a name.` : fieldRefusal(refused, 'name', t`Name`),
    scopesError:
      tried && scopes.size === 0 ? t`Choose one thing at least.` : fieldRefusal(refused, 'scopes', t`What it may do`),
    busy,
    refused,
    submit,
  }
}

function toggled<T>(set: ReadonlySet<T>, one: T, on: boolean): ReadonlySet<T> {
  const next = new Set(set)
  if (on) next.add(one)
  else next.delete(one)
  return next
}
