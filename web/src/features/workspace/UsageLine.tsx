import { Trans, useLingui } from '@lingui/react/macro'

import { Progress } from '../../ui/Progress'

interface UsageLineProps {
  name: string
  /** Undefined where one is not told. */
  used: number | undefined
  most: number | undefined
  say?: (n: number) => string
}

/** How much of what there may be there is. */
export function UsageLine({ name, used, most, say }: UsageLineProps) {
  const { i18n } = useLingui()
  if (used === undefined) return null
  const words = say ?? ((n: number) => i18n.number(n))
  const bounded = most !== undefined && most > 0
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex justify-between gap-4">
        <span className="font-medium">{name}</span>
        <span className="text-muted">
          {bounded ? (
            <Trans>
              {words(used)} of {words(most)}
            </Trans>
          ) : (
            words(used)
          )}
        </span>
      </div>
      {bounded && <Progress name={name} value={used / most} />}
    </div>
  )
}
