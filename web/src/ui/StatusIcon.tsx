import { useLingui } from '@lingui/react/macro'

import { classes } from './classes'
import { colorOf } from './colors'

export type StatusCategory = 'backlog' | 'todo' | 'doing' | 'done' | 'canceled'

const tints: Record<StatusCategory, string> = {
  backlog: 'text-status-backlog',
  todo: 'text-status-todo',
  doing: 'text-status-doing',
  done: 'text-status-done',
  canceled: 'text-status-canceled',
}

interface StatusIconProps {
  category: StatusCategory
  /** The status's own colour, if it has one. */
  color?: string
  /** Says it to screen readers where no word stands beside it. */
  name?: string | true
  className?: string
}

/** A status is a shape first and a colour second: dashed, empty, half, ticked, crossed. */
export function StatusIcon({ category, color, name, className }: StatusIconProps) {
  const { t } = useLingui()
  const words = { backlog: t`Backlog`, todo: t`To do`, doing: t`In progress`, done: t`Done`, canceled: t`Canceled` }
  const label = name === true ? words[category] : name
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={classes('size-4 shrink-0', tints[category], className)}
      style={color ? { color: colorOf(color) } : undefined}
    >
      {shapes[category]}
    </svg>
  )
}

const ring = <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="1.75" />
const disc = <circle cx="8" cy="8" r="6.875" fill="currentColor" />
const cut = { stroke: 'var(--panel)', strokeWidth: 1.75, strokeLinecap: 'round', strokeLinejoin: 'round' } as const

const shapes: Record<StatusCategory, React.ReactNode> = {
  backlog: (
    <circle
      cx="8"
      cy="8"
      r="6"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeDasharray="2.2 2.512"
      strokeDashoffset="1.1"
    />
  ),
  todo: ring,
  doing: (
    <>
      {ring}
      <path d="M8 4.25a3.75 3.75 0 0 1 0 7.5Z" fill="currentColor" />
    </>
  ),
  done: (
    <>
      {disc}
      <path d="m5 8.2 2.1 2.1L11 6.2" {...cut} />
    </>
  ),
  canceled: (
    <>
      {disc}
      <path d="m5.9 5.9 4.2 4.2m0-4.2-4.2 4.2" {...cut} />
    </>
  ),
}
