import { useLingui } from '@lingui/react/macro'

import { classes } from './classes'

/** A turning ring, for what lasts less than it takes to say how far it is. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  const { t } = useLingui()
  return (
    <svg
      role="img"
      aria-label={label ?? t`Working`}
      viewBox="0 0 16 16"
      fill="none"
      className={classes('motion-spin size-4 shrink-0', className)}
    >
      <circle cx="8" cy="8" r="6.25" stroke="currentColor" strokeWidth="1.75" opacity="0.25" />
      <path d="M8 1.75A6.25 6.25 0 0 1 14.25 8" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
    </svg>
  )
}
