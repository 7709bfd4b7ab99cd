import { Trans, useLingui } from '@lingui/react/macro'

import { basePath } from '../api/base'
import { Problem } from '../api/problem'
import { me } from '../api/session'
import { Button } from '../ui/Button'
import { useAnswer } from './asking'
import { post } from './ask'
import { Card } from './Card'
import { NewVerification } from './NewVerification'
import { leaveFor, usePlace } from './place'
import { Waiting } from './Waiting'

export function VerifyEmail() {
  const { t } = useLingui()
  const { token } = usePlace()
  const { answer, refused, again } = useAnswer(token && 'verify ' + token, async () => {
    await post('/auth/email/verify', { token })
    return 'done' as const
  })
  if (!token || (refused instanceof Problem && refused.status === 410))
    return <NewVerification whole={Boolean(token)} />
  if (!answer) return <Waiting title={t`Confirming your address`} refused={refused} again={again} />
  return (
    <Card title={t`Your address is confirmed`} lead={<Trans>Mail from Rung will reach you.</Trans>}>
      <Button kind="primary" size="large" wide data-first onClick={() => leaveFor(basePath())}>
        {me() ? <Trans>Go to your tasks</Trans> : <Trans>Sign in</Trans>}
      </Button>
    </Card>
  )
}
