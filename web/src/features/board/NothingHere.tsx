import { useLingui } from '@lingui/react/macro'

import { runCommand } from '../../ui/commands'
import { EmptyState } from '../../ui/EmptyState'

/** A screen without tasks: either nothing was made yet, or the filter lets nothing through. */
export function NothingHere({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useLingui()
  return filtered ? (
    <EmptyState action={{ name: t`Clear the filter`, run: onClear }}>{t`Nothing matches the filter.`}</EmptyState>
  ) : (
    <EmptyState action={{ name: t`Add a task`, command: 'task.quick-add', run: () => runCommand('task.quick-add') }}>
      {t`There are no tasks here yet.`}
    </EmptyState>
  )
}
