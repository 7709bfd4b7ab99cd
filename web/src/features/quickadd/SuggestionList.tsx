import { useLingui } from '@lingui/react/macro'

import { classes } from '../../ui/classes'
import type { Suggestion } from './useSuggestions'

interface SuggestionListProps {
  id: string
  items: readonly Suggestion[]
  at: number
  onPoint: (index: number) => void
  onPick: (item: Suggestion) => void
}

export function SuggestionList({ id, items, at, onPoint, onPick }: SuggestionListProps) {
  const { t } = useLingui()
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t`Suggestions`}
      className="phone:absolute phone:start-4 phone:top-full phone:w-64 phone:shadow-floating phone:rounded-lg bg-floating border-line z-floating py-1 max-phone:border-y"
    >
      {items.map((item, i) => (
        <div
          key={item.id}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === at}
          onPointerMove={() => i !== at && onPoint(i)}
          onPointerDown={(e) => e.preventDefault()}
          onPointerUp={() => onPick(item)}
          className={classes(
            'h-item pointer-coarse:h-row-touch mx-1 flex items-center gap-2 rounded-md px-2 select-none',
            i === at && 'bg-hover',
          )}
        >
          {item.icon}
          <span className="min-w-0 grow truncate">
            <bdi>{item.name}</bdi>
          </span>
          {item.hint && <span className="text-muted shrink-0 text-xs">{item.hint}</span>}
        </div>
      ))}
    </div>
  )
}
