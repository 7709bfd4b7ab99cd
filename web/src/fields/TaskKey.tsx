import { classes } from '../ui/classes'

/** WEB-12, in figures of equal width. A task that the server has not numbered yet has none. */
export function TaskKey({ id, className }: { id: string; className?: string }) {
  return <span className={classes('text-muted shrink-0 truncate text-xs tabular-nums', className)}>{id || '…'}</span>
}
