import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'

import { Button } from '../ui/Button'
import { Spinner } from '../ui/Spinner'
import { Card } from './Card'
import { Refusal } from './Refusal'

interface WaitingProps {
  title: string
  refused?: unknown
  again: () => void
}

/** A page that must ask the server something before it can show anything. */
export function Waiting({ title, refused, again }: WaitingProps) {
  const { t } = useLingui()
  const [long, setLong] = useState(false)
  useEffect(() => {
    const soon = setTimeout(() => setLong(true), 150)
    return () => clearTimeout(soon)
  }, [])
  return (
    <Card title={title}>
      {refused ? (
        <div className="flex flex-col gap-4">
          <Refusal of={refused} />
          <Button size="large" wide onClick={again}>
            <Trans>Try again</Trans>
          </Button>
        </div>
      ) : (
        <div className="text-muted flex h-9 items-center gap-2">{long && <Spinner label={t`Loading`} />}</div>
      )}
    </Card>
  )
}
