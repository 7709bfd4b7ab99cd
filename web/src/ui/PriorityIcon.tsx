import { useLingui } from '@lingui/react/macro'

import { classes } from './classes'

interface PriorityIconProps {
  /** 0 none, 1 urgent, 2 high, 3 medium, 4 low. */
  priority: number
  /** Says it to screen readers where no word stands beside it. */
  name?: boolean
  className?: string
}

export function PriorityIcon({ priority, name, className }: PriorityIconProps) {
  const { t } = useLingui()
  const words = [t`No priority`, t`Urgent`, t`High`, t`Medium`, t`Low`]
  const label = name ? words[priority] : undefined
  const full = priority === 0 ? 0 : 5 - priority
  return (
    <svg
      viewBox="0 0 16 16"
      fill="currentColor"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={classes('size-4 shrink-0', priority === 1 ? 'text-urgent' : 'text-icon', className)}
    >
      {priority === 1 ? (
        <>
          <rect x="1.5" y="1.5" width="13" height="13" rx="3.5" />
          <path d="M8 4.5v4" stroke="var(--panel)" strokeWidth="1.75" strokeLinecap="round" />
          <circle cx="8" cy="11.25" r="1.05" fill="var(--panel)" />
        </>
      ) : priority === 0 ? (
        [2, 6.75, 11.5].map((x) => <rect key={x} x={x} y="7.25" width="2.75" height="1.5" rx="0.75" />)
      ) : (
        [0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={1.75 + bar * 4.5}
            y={10 - bar * 3.5}
            width="3"
            height={4 + bar * 3.5}
            rx="1"
            opacity={bar < full ? 1 : 0.3}
          />
        ))
      )}
    </svg>
  )
}
