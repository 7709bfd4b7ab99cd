import type { MouseEvent, ReactNode } from 'react'

import { classes } from '../../../ui/classes'
import { useKeysOf } from '../../../ui/commands'
import { ariaKeys } from '../../../ui/keys'
import { Tooltip } from '../../../ui/Tooltip'

interface PropertyProps {
  /** Found by it: where its picker opens. */
  id: string
  name: string
  /** Without a value it is drawn only where there is room. */
  set: boolean
  /** Drawn everywhere, also without a value. */
  always?: boolean
  command?: string
  /** What changes it; without it the value is only shown. */
  onPick?: (anchor: Element) => void
  children: ReactNode
}

/** A property: a quiet line in the column at the side, a small box in a row where there is no room for that. */
export function Property({ id, name, set, always, command, onPick, children }: PropertyProps) {
  const keys = useKeysOf(command)
  if (!set && !onPick) return null
  const look = classes(
    'flex min-h-7 min-w-0 max-w-full items-center gap-1.5 rounded-md border px-2 text-start pointer-coarse:min-h-9',
    'border-line @3xl:-ms-2 @3xl:w-[calc(100%+0.5rem)] @3xl:border-transparent',
    !set && 'text-muted',
  )
  return (
    <li
      data-property={id}
      className={classes('min-w-0 max-w-full items-start @3xl:flex @3xl:gap-2', set || always ? 'flex' : 'hidden')}
    >
      <span aria-hidden className="text-muted hidden h-7 w-20 shrink-0 items-center @3xl:flex pointer-coarse:h-9">
        {name}
      </span>
      {onPick ? (
        <Tooltip text={name} keys={keys}>
          <button
            type="button"
            aria-haspopup="dialog"
            aria-keyshortcuts={ariaKeys(keys)}
            onClick={(event: MouseEvent) => onPick(event.currentTarget)}
            className={classes(look, 'touch-target hover:bg-hover active:bg-pressed')}
          >
            <span className="sr-only">{name}: </span>
            {children}
          </button>
        </Tooltip>
      ) : (
        <span className={look}>
          <span className="sr-only">{name}: </span>
          {children}
        </span>
      )}
    </li>
  )
}
