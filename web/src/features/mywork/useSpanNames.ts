import { useLingui } from '@lingui/react/macro'

import type { Span } from './useMine'

export function useSpanNames(): Record<Span, string> {
  const { t } = useLingui()
  return {
    overdue: t`Overdue`,
    today: t`Today`,
    week: t`Next 7 days`,
    later: t`Later`,
    none: t`No date`,
    done: t`Recently done`,
  }
}
