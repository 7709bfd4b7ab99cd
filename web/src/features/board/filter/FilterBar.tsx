import type { ReactNode } from 'react'

import type { Filter } from '../../../store'

interface FilterBarProps {
  filter: Filter
  onChange: (filter: Filter) => void
  /** At the end of the line, such as what keeps the filter as a view. */
  end?: ReactNode
  /** Takes back what the address says; absent where it says nothing. */
  onReset?: () => void
}

export function FilterBar({ end }: FilterBarProps) {
  return end ? <div className="flex items-center px-4 py-1">{end}</div> : null
}
