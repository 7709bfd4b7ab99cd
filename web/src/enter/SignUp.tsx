import { Trans, useLingui } from '@lingui/react/macro'

import { me } from '../api/session'
import { goOn } from './account'
import { AlreadyIn } from './AlreadyIn'
import { Card, installation } from './Card'
import { EnterLink } from './EnterLink'
import { useMethods } from './methods'
import { usePlace } from './place'
import { RegisterForm } from './RegisterForm'
import { Waiting } from './Waiting'

export function SignUp() {
  const { t } = useLingui()
  const { query } = usePlace()
  const { methods, refused, again } = useMethods()
  const title = t`Create an account`
  const user = me()
  if (user) return <AlreadyIn title={title} user={user} />
  if (!methods) return <Waiting title={title} refused={refused} again={again} />
  const signIn = (
    <Trans>
      Have an account? <EnterLink to="login">Sign in</EnterLink>
    </Trans>
  )
  if (methods.signup === 'open')
    return (
      <Card title={title} foot={signIn}>
        <RegisterForm action={t`Create account`} then={(u) => goOn(u, query.get('next'))} />
      </Card>
    )
  const host = installation()
  const lead =
    methods.signup === 'invite' ? (
      <Trans>Only people who were invited can join {host}. Ask somebody who is there for an invitation.</Trans>
    ) : (
      <Trans>Nobody can register at {host}. Ask whoever runs it for an account.</Trans>
    )
  return <Card title={t`Registration is closed`} lead={lead} foot={signIn} />
}
