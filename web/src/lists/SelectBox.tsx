import { useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'

import { classes } from '../ui/classes'
import { Icon } from '../ui/Icon'

interface SelectBoxProps {
  selected: boolean
  /** Whether anything is selected: then every box is shown. */
  any: boolean
  name: string
  onToggle: () => void
}

/** The box before a line: seen under the pointer, or once something is selected. */
export function SelectBox({ selected, any, name, onToggle }: SelectBoxProps) {
  const { t } = useLingui()
  return (
    <button
      type="button"
      role="checkbox"
      tabIndex={-1}
      aria-checked={selected}
      aria-label={t`Select ${name}`}
      onClick={(event) => {
        event.stopPropagation()
        onToggle()
      }}
      className={classes(
        'touch-target -ms-1 grid size-4 shrink-0 place-items-center rounded-sm border',
        selected ? 'bg-accent text-accent-ink border-transparent' : 'border-control',
        !selected && !any && 'opacity-0 group-hover/row:opacity-100 pointer-coarse:hidden',
      )}
    >
      {selected && <Icon of={Check} size={12} />}
    </button>
  )
}
