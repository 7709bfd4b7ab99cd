import { useLingui } from '@lingui/react/macro'

import { Offline, Problem } from '../api/problem'
import { installation } from './Card'

/** What a refusal means here, and what to do, in a sentence or two. */
export function useSentence(): (refused: unknown) => string {
  const { t } = useLingui()
  return (refused) => {
    if (refused instanceof Offline) return t`The server can’t be reached. Check your connection, then try again.`
    if (!(refused instanceof Problem)) return t`Something went wrong on this page. Load it again and try once more.`
    switch (refused.code) {
      case 'wrong-credentials':
        return t`The e-mail address or the password is wrong.`
      case 'account-disabled':
        return t`This account is disabled. Ask an administrator of ${installation()} to enable it.`
      case 'too-many-requests':
        return t`Too many tries.`
      case 'link-used':
        return t`This link was used already, or is too old.`
      case 'mail-not-set-up':
        return t`No mail can be sent from here. Ask whoever runs ${installation()}.`
      case 'setup-done':
        return t`This set-up address was used already, or belongs to another installation.`
      case 'signup-closed':
        return t`Nobody can register here. Ask whoever runs ${installation()}.`
      case 'invitation-required':
        return t`Only people who were invited can register here. Ask for an invitation.`
      case 'quota-exceeded':
        return t`The workspace has as many members as it may have. Tell whoever invited you.`
      case 'cross-origin':
        return t`Rung is set up for another address than ${installation()}. Open it there.`
      case 'id-taken':
        return t`The account was made already. Sign in with the password that you chose first.`
    }
    if (refused.status === 503)
      return t`Nothing can be saved just now: the server may be starting, or its disk may be full. Nothing you typed is lost. If it lasts, tell whoever runs ${installation()}.`
    if (refused.code === 'unknown' || refused.status >= 500)
      return t`Something went wrong in the server. Try again in a moment.`
    return refused.detail
  }
}

/** What the server finds wrong with fields, by field. */
export function useFieldSentences() {
  const { t } = useLingui()
  return (problem: Problem): Partial<Record<'email' | 'password' | 'name', string>> => {
    if (problem.code === 'email-taken') return { email: t`There is an account with this address. Sign in instead.` }
    const found: Partial<Record<'email' | 'password' | 'name', string>> = {}
    for (const { field, message } of problem.errors) {
      if (field === 'email')
        found.email = message.includes('invited')
          ? t`The invitation is for another address. Use the one that was invited.`
          : t`Enter an e-mail address, such as ada@example.org.`
      if (field === 'password')
        found.password = message.includes('guessed')
          ? t`This is one of the passwords that are guessed first. Choose another.`
          : message.includes('at most')
            ? t`This password is too long. Choose a shorter one.`
            : t`Choose a password of at least 8 characters.`
      if (field === 'name')
        found.name = message.includes('at most') ? t`Use at most 100 characters.` : t`Enter your name, in one line.`
    }
    return found
  }
}

/** What is wrong with what was filled in, before anybody is asked. */
export function useChecks() {
  const { t } = useLingui()
  return {
    email: (v: string) =>
      !v.trim()
        ? t`Enter your e-mail address.`
        : /^\S+@\S+$/.test(v.trim())
          ? undefined
          : t`Enter an e-mail address, such as ada@example.org.`,
    name: (v: string) => (v.trim() ? undefined : t`Enter your name.`),
    password: (v: string) => (v ? undefined : t`Enter your password.`),
    newPassword: (v: string) => ([...v].length >= 8 ? undefined : t`Choose a password of at least 8 characters.`),
  }
}
