import type { ComponentProps, ReactNode } from 'react'

import { classes } from './classes'
import { Spinner } from './Spinner'

export interface ButtonProps extends ComponentProps<'button'> {
  /** One primary action a screen. */
  kind?: 'primary' | 'secondary' | 'ghost' | 'danger'
  size?: 'small' | 'medium' | 'large'
  /** Keeps the button's width and place, stops a second press. */
  busy?: boolean
  icon?: ReactNode
  wide?: boolean
}

const kinds = {
  primary: 'bg-accent text-accent-ink enabled:hover:bg-accent-hover border-transparent',
  secondary: 'bg-floating text-ink border-line-strong enabled:hover:bg-hover enabled:active:bg-pressed',
  ghost: 'bg-transparent text-ink border-transparent enabled:hover:bg-hover enabled:active:bg-pressed',
  danger: 'bg-danger text-danger-ink enabled:hover:bg-danger-hover border-transparent',
}
const sizes = {
  small: 'h-6 px-2 text-xs gap-1 rounded-sm',
  medium: 'h-7 px-3 text-sm gap-1.5 rounded-md',
  large: 'h-9 px-4 text-base gap-2 rounded-md',
}

export function Button(props: ButtonProps) {
  const { kind = 'secondary', size = 'medium', busy = false, icon, wide, className, children, onClick, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={classes(
        'touch-target relative inline-flex shrink-0 items-center justify-center border font-medium whitespace-nowrap select-none disabled:opacity-50',
        kinds[kind],
        sizes[size],
        wide && 'w-full',
        className,
      )}
    >
      {busy && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
      <span className={classes('inline-flex items-center gap-[inherit]', busy && 'opacity-0')}>
        {icon}
        {children}
      </span>
    </button>
  )
}
