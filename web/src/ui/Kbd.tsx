import { Fragment } from 'react'

import { classes } from './classes'
import { keySigns } from './keys'

/** Keys as they are printed on the keyboard at hand: "mod+k" is ⌘ K on a Mac, Ctrl K elsewhere. */
export function Kbd({ keys, quiet, className }: { keys: string; quiet?: boolean; className?: string }) {
  return (
    <span className={classes('inline-flex shrink-0 items-center gap-0.5 text-xs', className)} dir="ltr">
      {keySigns(keys).map((chord, place) => (
        <Fragment key={place}>
          {place > 0 && <span className="w-0.5" />}
          {chord.map((sign) => (
            <kbd
              key={sign}
              className={classes(
                'font-sans',
                quiet
                  ? 'px-0.5'
                  : 'border-line-strong bg-panel text-muted grid h-5 min-w-5 place-items-center rounded-sm border px-1',
              )}
            >
              {sign}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
