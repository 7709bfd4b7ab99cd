import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'

import { rememberedUser } from '../api/remembered'
import { userKey } from '../entry'
import { goOn } from './account'
import { Card } from './Card'
import { EnterLink } from './EnterLink'
import { useMethods } from './methods'
import { nextFor } from './next'
import { leaveFor, usePlace } from './place'
import { SignInForm } from './SignInForm'

export function SignIn() {
  const { t } = useLingui()
  const { query } = usePlace()
  const next = query.get('next')
  const { methods } = useMethods()
  const [already] = useState(() => Boolean(rememberedUser()))
  useComeBack(next)
  if (already) return null
  const why = query.has('ended') ? (
    <Trans>Your session has ended. Sign in to go on where you were.</Trans>
  ) : query.has('reset') ? (
    <Trans>Your password is changed. Sign in with the new one.</Trans>
  ) : undefined
  return (
    <Card title={t`Sign in`} lead={why} foot={<WayIn setup={methods?.setup} open={methods?.signup === 'open'} />}>
      <SignInForm action={t`Sign in`} then={(user) => goOn(user, next)} />
    </Card>
  )
}

function WayIn({ setup, open }: { setup?: boolean; open: boolean }) {
  if (setup) return <Trans>Nobody has an account here yet. Open the set-up address that is in the server’s log.</Trans>
  if (!open) return null
  return (
    <Trans>
      New here? <EnterLink to="signup">Create an account</EnterLink>
    </Trans>
  )
}

/** Who is signed in already, or signs in in another tab meanwhile, goes on. */
function useComeBack(next: string | null) {
  useEffect(() => {
    const look = () => {
      const user = rememberedUser()
      if (user) leaveFor(nextFor(user, next))
    }
    const hear = (e: StorageEvent) => e.key === userKey && look()
    look()
    addEventListener('storage', hear)
    return () => removeEventListener('storage', hear)
  }, [next])
}
