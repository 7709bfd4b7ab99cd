import { Plural, useLingui } from '@lingui/react/macro'

import { Button } from '../../ui/Button'
import type { Read } from './useReading'

interface SeveralProps {
  lines: readonly string[]
  read: Read
  onAdd: () => void
  onOne: () => void
}

/** Several lines were pasted: a task of each, or all in the one line. */
export function Several({ lines, read, onAdd, onOne }: SeveralProps) {
  const { t } = useLingui()
  const count = lines.length
  return (
    <section aria-label={t`Pasted lines`} className="border-line mx-5 my-2 rounded-lg border max-phone:mx-4">
      <ol className="max-h-60 overflow-y-auto py-1">
        {lines.map((line, i) => {
          const { parsed, project } = read(line)
          return (
            <li key={i} className="flex min-h-7 items-baseline gap-2 px-3 py-1">
              <span className="min-w-0 grow wrap-anywhere">{parsed.title || line}</span>
              <span className="text-muted shrink-0 text-xs">
                {[project?.key, ...parsed.chips.filter((c) => c.kind !== 'project').map((c) => c.text)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          )
        })}
      </ol>
      <div className="border-line flex items-center gap-2 border-t p-2">
        <span className="grow" />
        <Button kind="ghost" onClick={onOne}>{t`Keep as one task`}</Button>
        <Button kind="primary" autoFocus onClick={onAdd}>
          <Plural value={count} one="Add # task" other="Add # tasks" />
        </Button>
      </div>
    </section>
  )
}
