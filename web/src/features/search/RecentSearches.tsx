import { useLingui } from '@lingui/react/macro'
import { History, Search } from 'lucide-react'

import type { ID } from '../../store'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { Icon } from '../../ui/Icon'
import { forgetSearches, useRecentSearches } from './recent'

/** What was searched for before, kept in this browser alone. */
export function RecentSearches({ workspace, onPick }: { workspace: ID; onPick: (text: string) => void }) {
  const { t } = useLingui()
  const recent = useRecentSearches(workspace)
  if (recent.length === 0)
    return (
      <EmptyState
        icon={Search}
      >{t`Find tasks by the words in them, by their keys, or by what was said about them.`}</EmptyState>
    )
  return (
    <section aria-label={t`Recent searches`} className="px-2 py-2 max-phone:px-1">
      <div className="flex h-9 items-center justify-between px-2">
        <h2 className="text-muted text-xs font-medium">{t`Recent searches`}</h2>
        <Button kind="ghost" size="small" onClick={() => forgetSearches(workspace)}>{t`Clear`}</Button>
      </div>
      <ul>
        {recent.map((text) => (
          <li key={text}>
            <button
              type="button"
              onClick={() => onPick(text)}
              className="hover:bg-hover h-row pointer-coarse:h-row-touch flex w-full items-center gap-2 rounded-md px-2 text-start"
            >
              <Icon of={History} className="text-icon" />
              <span className="truncate">{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
