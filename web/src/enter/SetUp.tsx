import { Trans, useLingui } from '@lingui/react/macro'

import { goOn } from './account'
import { Card, installation } from './Card'
import { EnterLink } from './EnterLink'
import { useMethods } from './methods'
import { usePlace } from './place'
import { RegisterForm } from './RegisterForm'
import { Waiting } from './Waiting'

export function SetUp() {
  const { t } = useLingui()
  const { token } = usePlace()
  const { methods, refused, again } = useMethods()
  const title = t`Set up Rung`
  const host = installation()
  if (!methods) return <Waiting title={title} refused={refused} again={again} />
  if (!methods.setup)
    return (
      <Card
        title={t`Rung is set up`}
        lead={<Trans>{host} has its first user already. Sign in, or ask for an invitation.</Trans>}
        foot={
          <EnterLink to="login" keepNext={false}>
            <Trans>Sign in</Trans>
          </EnterLink>
        }
      />
    )
  if (!token)
    return (
      <Card
        title={title}
        lead={
          <Trans>
            Open the whole set-up address from the server’s log, with what stands behind its #. It is in there once more
            each time the server starts.
          </Trans>
        }
      />
    )
  return (
    <Card title={title} lead={<Trans>You are the first at {host}. Your account will be the administrator’s.</Trans>}>
      <RegisterForm action={t`Create account`} by={{ setup: token }} then={(user) => goOn(user, null)} />
    </Card>
  )
}
