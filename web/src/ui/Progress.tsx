import { useLingui } from '@lingui/react/macro'

import { classes } from './classes'

/** How far something is, from 0 to 1; without a value it only says that it goes on. */
export function Progress({ value, name, className }: { value?: number; name: string; className?: string }) {
  const { i18n } = useLingui()
  const share = value === undefined ? undefined : Math.min(1, Math.max(0, value))
  return (
    <div
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      aria-valuetext={share === undefined ? undefined : i18n.number(share, { style: 'percent' })}
      className={classes('bg-pressed h-1 w-full overflow-hidden rounded-full', className)}
    >
      <div
        className={classes(
          'bg-accent h-full w-full origin-left rounded-full rtl:origin-right',
          share === undefined && 'motion-breathe',
          'transition-transform',
        )}
        style={{ transform: `scaleX(${share ?? 1})` }}
      />
    </div>
  )
}
