import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { Offline, Problem, SignedOut } from '../api/problem'

/** What a refusal means and what to do, in a sentence or two. */
export function useSentence(): (refused: unknown) => string {
  const { t } = useLingui()
  return (refused) => {
    if (refused instanceof Offline)
      return t`The server can’t be reached. Nothing you typed is lost; try again when you are connected.`
    if (!(refused instanceof Problem)) return t`Something went wrong on this page. Load it again and try once more.`
    switch (refused.code) {
      case 'last-owner':
        return t`A workspace needs an owner. Make somebody else an owner first, or delete the workspace.`
      case 'quota-exceeded':
        return t`There are as many as there may be. Remove one first, or ask whoever runs this installation for more.`
      case 'forbidden':
        return t`Your role does not allow this. Ask an administrator of the workspace.`
      case 'not-found':
        return t`This is gone, or you have no access to it any more.`
      case 'already-member':
        return t`Somebody with this address is a member already.`
      case 'already-invited':
        return t`This address has an open invitation. Revoke it to invite again.`
      case 'mail-not-set-up':
        return t`No mail can be sent from here. Ask whoever runs this installation.`
      case 'too-many-requests':
        return t`Too many tries. Wait a little, then try again.`
      case 'unavailable':
        return t`This can’t be done just now. Try again in a moment.`
    }
    if (refused.code === 'unknown' || refused.status >= 500)
      return t`Something went wrong in the server. Try again in a moment.`
    if (refused.code === 'invalid' && refused.errors.length > 0)
      return refused.errors.map((e) => `${e.field} ${e.message}.`).join(' ')
    return refused.detail
  }
}

/** What the server says is wrong with a field, as "Name must be …"; undefined if nothing. */
export function fieldRefusal(refused: unknown, field: string, label: string): string | undefined {
  if (!(refused instanceof Problem)) return undefined
  const found = refused.errors.find((e) => e.field === field)
  return found && `${label} ${found.message}.`
}

/** Sends something while a form is busy, and keeps why it was refused. */
export function useSending() {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<unknown>()

  /** Whether it was taken. */
  async function send(what: () => Promise<unknown>): Promise<boolean> {
    setBusy(true)
    setRefused(undefined)
    const failure = await what().then(
      () => undefined,
      (e: unknown) => e ?? new Error(),
    )
    setBusy(false)
    // A tab whose session has ended is on its way to signing in.
    if (failure !== undefined && !(failure instanceof SignedOut)) setRefused(failure)
    return failure === undefined
  }
  return { busy, refused, send, forgive: () => setRefused(undefined) }
}
