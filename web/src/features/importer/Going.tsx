import { Trans, useLingui } from '@lingui/react/macro'

import { Progress } from '../../ui/Progress'
import type { Import } from './useImport'

interface GoingProps {
  title: string
  progress?: Import['progress']
  /** It goes on without this screen. */
  leaving?: boolean
}

/** How far it has come. */
export function Going({ title, progress, leaving }: GoingProps) {
  const { i18n } = useLingui()
  const known = progress && progress.total > 0
  const done = i18n.number(progress?.done ?? 0)
  const total = i18n.number(progress?.total ?? 0)
  return (
    <div role="status" className="flex flex-col gap-3">
      <h2 className="text-base font-semibold wrap-anywhere">{title}</h2>
      <Progress name={title} value={known ? progress.done / progress.total : undefined} />
      <p className="text-muted flex justify-between gap-4">
        <span>
          {leaving && <Trans>You can go on working: it goes on by itself, and this screen finds it again.</Trans>}
        </span>
        {known && (
          <span className="shrink-0">
            <Trans>
              {done} of {total}
            </Trans>
          </span>
        )}
      </p>
    </div>
  )
}
