import { useLingui } from '@lingui/react/macro'

import { useLabels, type ID } from '../store'
import { LabelDot } from '../ui/LabelDot'

/** The first few labels of a task, and how many more there are. */
export function LabelList({ ids, max = 2 }: { ids: readonly ID[]; max?: number }) {
  const { t } = useLingui()
  const known = useLabels().filter((l) => ids.includes(l.id))
  if (known.length === 0) return null
  const rest = known.length - max
  return (
    <span className="text-muted flex min-w-0 items-center gap-2 text-xs">
      {known.slice(0, max).map((l) => (
        <span key={l.id} className="flex min-w-0 items-center gap-1.5">
          <LabelDot color={l.color} />
          <span className="max-w-24 truncate">{l.name}</span>
        </span>
      ))}
      {rest > 0 && (
        <span
          title={known.map((l) => l.name).join(', ')}
          aria-label={t`${rest} more labels`}
          role="img"
          className="shrink-0 tabular-nums"
        >
          +{rest}
        </span>
      )}
    </span>
  )
}
