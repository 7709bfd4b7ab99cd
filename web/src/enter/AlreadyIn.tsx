import { Trans } from '@lingui/react/macro'
import { useState } from 'react'

import { basePath } from '../api/base'
import { end, type Me } from '../api/session'
import { Button } from '../ui/Button'
import { Card } from './Card'
import { leaveFor } from './place'

/** Instead of a page for who is not signed in. */
export function AlreadyIn({ title, user }: { title: string; user: Me }) {
  const [, setOut] = useState(false)
  const { email } = user
  return (
    <Card title={title} lead={<Trans>You are signed in as {email}.</Trans>}>
      <div className="flex flex-col gap-3">
        <Button kind="primary" size="large" wide data-first onClick={() => leaveFor(basePath())}>
          <Trans>Go to your tasks</Trans>
        </Button>
        <Button size="large" wide onClick={() => void end().then(() => setOut(true))}>
          <Trans>Sign out</Trans>
        </Button>
      </div>
    </Card>
  )
}
