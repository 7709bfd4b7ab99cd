import type { LucideIcon } from 'lucide-react'

import { classes } from './classes'

/** An icon of the one set, 16 px, silent: what it stands beside or in has the name. */
export function Icon({
  of: Drawing,
  size = 16,
  className,
}: {
  of: LucideIcon
  size?: 12 | 14 | 16 | 20 | 24
  className?: string
}) {
  return (
    <Drawing aria-hidden size={size} strokeWidth={size <= 14 ? 2 : 1.75} className={classes('shrink-0', className)} />
  )
}
