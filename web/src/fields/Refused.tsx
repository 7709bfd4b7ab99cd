import { Trans } from '@lingui/react/macro'

import { Problem } from '../api/problem'
import { useSentence } from './refusals'

interface RefusedProps {
  /** What was thrown; nothing is shown without it. */
  of: unknown
  /** Fields that say for themselves what is wrong with them. */
  fields?: readonly string[]
}

/** Why something was refused, what to do, and the number to ask about it by. */
export function Refused({ of, fields = [] }: RefusedProps) {
  const sentence = useSentence()
  if (of === undefined) return null
  const told = of instanceof Problem && of.errors.length > 0 && of.errors.every((e) => fields.includes(e.field))
  if (told) return null
  return (
    <div role="alert" className="bg-danger-tint text-danger-text rounded-md px-3 py-2">
      {sentence(of)}
      {of instanceof Problem && of.requestID && (
        <p className="mt-0.5 text-xs wrap-anywhere">
          <Trans>
            Request <code className="font-mono select-all">{of.requestID}</code>
          </Trans>
        </p>
      )}
    </div>
  )
}
