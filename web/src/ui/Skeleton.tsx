import type { CSSProperties } from 'react'

import { classes } from './classes'

/** Stands where something will be, of the very same size: give it a width and height by class. Say "loading" once around them. */
export function Skeleton({ className, style }: { className?: string; style?: CSSProperties }) {
  return <span aria-hidden className={classes('motion-breathe bg-pressed block rounded-sm', className)} style={style} />
}
