import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import { Problem } from '../api/problem'
import { useSentence } from './sentences'

interface RefusalProps {
  of: unknown
  /** How many seconds are to be waited, counting down. */
  wait?: number
  /** What can be done about it. */
  children?: ReactNode
}

/** Says what was refused and what to do, and the id by which it is found in the server's log. */
export function Refusal({ of, wait = 0, children }: RefusalProps) {
  const sentence = useSentence()
  if (!of) return null
  const unexpected = of instanceof Problem && (of.status >= 500 || of.code === 'unknown')
  const id = of instanceof Problem ? of.requestID : ''
  return (
    <div role="alert" className="bg-danger-tint text-danger-text rounded-md px-3 py-2 text-pretty">
      {sentence(of)}
      {of instanceof Problem && of.status === 429 && <Wait seconds={wait} />}
      {children && <> {children}</>}
      {unexpected && id && (
        <div className="mt-1 text-xs break-all">
          <Trans>Request {id}</Trans>
        </div>
      )}
    </div>
  )
}

function Wait({ seconds }: { seconds: number }) {
  const clock = Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0')
  // Seconds that run are for the eye; to listen to them would be a torment.
  return seconds > 0 ? (
    <>
      {' '}
      <span className="sr-only">
        <Trans>Wait a little, then try again.</Trans>
      </span>
      <span aria-hidden>
        <Trans>You can try again in {clock}.</Trans>
      </span>
    </>
  ) : (
    <>
      {' '}
      <Trans>You can try again now.</Trans>
    </>
  )
}
