import { classes } from './classes'
import { colorOf } from './colors'

/** A label's colour: 8 px, always beside its word. */
export function LabelDot({ color, className }: { color: string | undefined; className?: string }) {
  return (
    <span
      aria-hidden
      className={classes('size-2 shrink-0 rounded-full', className)}
      style={{ background: colorOf(color) }}
    />
  )
}
