import { useNavigate, useSearch } from '@tanstack/react-router'

import type { BoardSearch } from '../../lists/search'
import type { Filter, GroupBy, Sort } from '../../store'

export interface Shown {
  layout: 'board' | 'list'
  group: GroupBy | undefined
  sort: Sort
  filter: Filter
}

/** How a board or list is shown: what the address says, and for the rest what the screen has by itself. */
export function useShown(own: Shown): {
  shown: Shown
  /** Whether the address says something else than the screen has by itself. */
  changed: boolean
  change: (next: Partial<Shown>) => void
  reset: () => void
} {
  const search: BoardSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const shown: Shown = {
    layout: search.layout ?? own.layout,
    group: search.group === undefined ? own.group : search.group === 'none' ? undefined : search.group,
    sort: search.sort ?? own.sort,
    filter: search.filter ?? own.filter,
  }
  const say = (next: Shown): BoardSearch => ({
    ...(search.task ? { task: search.task } : {}),
    ...(next.layout === own.layout ? {} : { layout: next.layout }),
    ...(next.group === own.group ? {} : { group: next.group ?? 'none' }),
    ...(next.sort === own.sort ? {} : { sort: next.sort }),
    ...(sameFilter(next.filter, own.filter) ? {} : { filter: next.filter }),
  })
  const go = (next: BoardSearch) => void navigate({ to: '.', search: next as never, replace: true })
  return {
    shown,
    changed: (['layout', 'group', 'sort', 'filter'] as const).some((k) => search[k] !== undefined),
    change: (next) => go(say({ ...shown, ...next })),
    reset: () => go(search.task ? { task: search.task } : {}),
  }
}

function sameFilter(a: Filter, b: Filter): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
