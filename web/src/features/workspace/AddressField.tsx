import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type FormEvent } from 'react'

import { Problem } from '../../api/problem'
import { Refused } from '../../fields/Refused'
import { fieldRefusal, useSending } from '../../fields/refusals'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import { toast } from '../../ui/Toast'
import { isSlug } from './slug'

interface AddressFieldProps {
  slug: string
  readOnly: boolean
  onChange: (slug: string) => Promise<void>
}

/** The workspace's address. It is changed on purpose only, for links to the former one lead nowhere. */
export function AddressField({ slug, readOnly, onChange }: AddressFieldProps) {
  const { t } = useLingui()
  const { busy, refused, send, forgive } = useSending()
  const [typed, setTyped] = useState<string>()
  const [tried, setTried] = useState(false)
  const now = typed ?? slug
  const changed = now !== slug
  const error =
    tried && !isSlug(now)
      ? t`Use 2 to 40 small letters, digits and hyphens, with a letter or digit at both ends.`
      : refused instanceof Problem && refused.code === 'slug-taken'
        ? t`Another workspace has this address. Choose another one.`
        : fieldRefusal(refused, 'slug', t`Address`)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (busy || !changed || !isSlug(now)) return
    if (!(await send(() => onChange(now)))) return
    setTyped(undefined)
    toast({ text: t`The workspace has a new address` })
  }
  function back() {
    setTyped(undefined)
    setTried(false)
    forgive()
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-3">
      <TextField
        label={t`Address`}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        maxLength={40}
        readOnly={readOnly}
        value={now}
        onChange={(e) => {
          setTyped(e.target.value)
          forgive()
        }}
        error={error}
        hint={
          <span className="wrap-anywhere" dir="ltr">
            {new URL(encodeURIComponent(now), document.baseURI).href.replace(/^https?:\/\//, '')}
          </span>
        }
      />
      {changed && (
        <div className="bg-warning-tint text-warning-text flex flex-col gap-3 rounded-md px-3 py-2.5">
          <p>
            <Trans>Links to the former address will lead nowhere, and another workspace may take it.</Trans>
          </p>
          <div className="flex gap-2">
            <Button type="submit" kind="primary" busy={busy}>
              <Trans>Change address</Trans>
            </Button>
            <Button onClick={back}>
              <Trans>Keep it</Trans>
            </Button>
          </div>
        </div>
      )}
      {!error && <Refused of={refused} />}
    </form>
  )
}
