import { useLingui } from '@lingui/react/macro'
import { ListFilter } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import type { Filter, ID } from '../../../store'
import { Button } from '../../../ui/Button'
import { Icon } from '../../../ui/Icon'
import { usePhone } from '../../../ui/media'
import { Sheet } from '../../../ui/Sheet'
import { FilterGroup } from './FilterGroup'
import { countOf, read, write, type Group } from './model'

interface FilterBarProps {
  filter: Filter
  onChange: (filter: Filter) => void
  /** The project that the screen is about, whose statuses are offered. */
  project?: ID
  /** At the end of the line, such as what keeps the filter as a view. */
  end?: ReactNode
  /** Takes back what the address says; absent where it says nothing. */
  onReset?: () => void
}

/** What is asked of the tasks of a screen, as parts that can be changed in place; on a phone in a sheet. */
export function FilterBar({ filter, onChange, project, end, onReset }: FilterBarProps) {
  const { t } = useLingui()
  const phone = usePhone()
  const [open, setOpen] = useState(false)
  // What asks nothing yet, such as an empty group, is shown and not written.
  const [shown, setShown] = useState<{ root: Group; text: string }>()
  const text = JSON.stringify(filter)
  const root = shown?.text === text ? shown.root : read(filter)
  const change = (next: Group) => {
    const written = write(next)
    const other = JSON.stringify(written) !== JSON.stringify(write(root))
    setShown({ root: next, text: other ? JSON.stringify(written) : text })
    if (other) onChange(written)
  }
  const count = countOf(root)
  const group = <FilterGroup group={root} project={project} onChange={change} />
  const clear = () => {
    setShown(undefined)
    if (onReset) onReset()
    else onChange({})
  }
  const after = (
    <>
      {(onReset || count > 0) && (
        <Button size="small" kind="ghost" className="text-muted" onClick={clear}>
          {onReset ? t`Reset` : t`Clear the filter`}
        </Button>
      )}
      {end}
    </>
  )
  if (!phone)
    return (
      <div role="group" aria-label={t`Filter`} className="flex shrink-0 flex-wrap items-center gap-1.5 px-4 py-2">
        {group}
        <span className="grow" />
        {after}
      </div>
    )
  return (
    <div className="flex shrink-0 items-center gap-2 px-3 py-2">
      <Button kind="ghost" icon={<Icon of={ListFilter} />} onClick={() => setOpen(true)}>
        {t`Filter`}
        {count > 0 && <span className="bg-selected text-accent-text rounded-full px-1.5 tabular-nums">{count}</span>}
      </Button>
      <Sheet title={t`Filter`} open={open} onOpenChange={setOpen} actions={after}>
        <div className="flex flex-wrap items-center gap-2 px-4 pb-4">{group}</div>
      </Sheet>
    </div>
  )
}
