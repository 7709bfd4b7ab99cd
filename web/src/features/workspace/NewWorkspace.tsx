import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState, type FormEvent } from 'react'

import { api, ok } from '../../api/client'
import { Offline, Problem } from '../../api/problem'
import { newID, noteWorkspace, useWorkspaces } from '../../store'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import { isSlug, slugFrom } from './slug'

/** Makes a workspace: its name, and the address that stands for it. */
export default function NewWorkspace() {
  const { t } = useLingui()
  const form = useNewWorkspace()
  const any = Boolean(useWorkspaces()?.length)
  const router = useRouter()
  useEffect(() => {
    document.title = t`New workspace` + ' · Rung'
  }, [t])
  return (
    <main className="grid min-h-dvh items-start justify-items-center px-4 pt-[14vh] pb-8">
      <form noValidate onSubmit={form.submit} className="flex w-full max-w-90 flex-col gap-5">
        <div>
          <h1 className="text-xl font-semibold" tabIndex={-1} data-screen-heading>
            <Trans>New workspace</Trans>
          </h1>
          <p className="text-muted mt-1">
            <Trans>A place for a team: its projects, its people and nobody else.</Trans>
          </p>
        </div>
        <TextField
          ref={form.nameField}
          label={t`Name`}
          size="large"
          autoFocus
          autoComplete="organization"
          maxLength={100}
          value={form.name}
          onChange={(e) => form.setName(e.target.value)}
          error={form.errors.name}
        />
        <TextField
          ref={form.slugField}
          label={t`Address`}
          size="large"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          value={form.slug}
          onChange={(e) => form.setSlug(e.target.value)}
          hint={
            <span className="wrap-anywhere" dir="ltr">
              {new URL(form.slug || '…', document.baseURI).href.replace(/^https?:\/\//, '').replace('%E2%80%A6', '…')}
            </span>
          }
          error={form.errors.slug}
        />
        {form.failure && (
          <p role="alert" className="bg-danger-tint text-danger-text rounded-md px-3 py-2">
            {form.failure}
          </p>
        )}
        <div className="flex flex-row-reverse gap-2">
          <Button type="submit" kind="primary" size="large" busy={form.busy} className="grow">
            <Trans>Make workspace</Trans>
          </Button>
          {any && (
            <Button size="large" onClick={() => router.history.back()}>
              <Trans>Cancel</Trans>
            </Button>
          )}
        </div>
      </form>
    </main>
  )
}

function useNewWorkspace() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [id] = useState(() => newID())
  const [name, setName] = useState('')
  const [own, setOwn] = useState<string>()
  const [errors, setErrors] = useState<{ name?: string; slug?: string }>({})
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)
  const nameField = useRef<HTMLInputElement>(null)
  const slugField = useRef<HTMLInputElement>(null)
  const slug = own ?? slugFrom(name)

  function refuse(found: typeof errors) {
    setErrors(found)
    if (found.name) nameField.current?.focus()
    else if (found.slug) slugField.current?.focus()
  }
  function told(e: unknown) {
    if (e instanceof Offline) return setFailure(t`The server can’t be reached. Your words are still here; try again in a moment.`)
    if (!(e instanceof Problem)) throw e
    if (e.code === 'slug-taken') return refuse({ slug: t`Another workspace has this address. Choose another one.` })
    const of = (field: string) => e.errors.find((f) => f.field === field)?.message
    if (of('name') || of('slug')) return refuse({ name: named(t`Name`, of('name')), slug: named(t`Address`, of('slug')) })
    setFailure(e.detail)
  }
  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setFailure(undefined)
    if (!name.trim()) return refuse({ name: t`Give it a name.` })
    if (!isSlug(slug)) return refuse({ slug: t`Use 2 to 40 small letters, digits and hyphens, with a letter or digit at both ends.` })
    setErrors({})
    setBusy(true)
    try {
      const made = await ok(api.POST('/workspaces', { body: { id, name: name.trim(), slug } }))
      noteWorkspace(made)
      await navigate({ to: '/$workspace/my', params: { workspace: made.slug } })
    } catch (e) {
      told(e)
    } finally {
      setBusy(false)
    }
  }
  return { name, setName, slug, setSlug: setOwn, errors, failure, busy, submit, nameField, slugField }
}

function named(label: string, message: string | undefined): string | undefined {
  return message && `${label} ${message}.`
}
