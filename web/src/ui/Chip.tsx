import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

import { classes } from './classes'
import { Icon } from './Icon'

export interface ChipProps extends Omit<ComponentProps<'button'>, 'onChange'> {
  /** A dot, an icon or a face before the word. */
  icon?: ReactNode
  /** Given, a cross takes the chip away. */
  onRemove?: () => void
  /** For what removing it is called: "Remove finance". */
  removeName?: string
  chosen?: boolean
}

/** A small property: plain words, a button when it has onClick, with a cross when it can be taken away. */
export function Chip({ icon, onRemove, removeName, chosen, className, children, ...rest }: ChipProps) {
  const { t } = useLingui()
  const inner = (
    <>
      {icon}
      <span className="truncate">{children}</span>
    </>
  )
  const pressable = Boolean(rest.onClick ?? rest['aria-haspopup'])
  return (
    <span
      className={classes(
        'border-line inline-flex h-6 max-w-full min-w-0 items-center rounded-full border text-xs whitespace-nowrap',
        chosen ? 'bg-selected text-accent-text' : 'text-muted',
        className,
      )}
    >
      {pressable ? (
        <button
          type="button"
          {...rest}
          className="hover:bg-hover hover:text-ink data-popup-open:bg-pressed inline-flex h-full min-w-0 items-center gap-1.5 rounded-full px-2"
        >
          {inner}
        </button>
      ) : (
        <span className="inline-flex min-w-0 items-center gap-1.5 px-2">{inner}</span>
      )}
      {onRemove && (
        <button
          type="button"
          aria-label={removeName ?? t`Remove`}
          onClick={onRemove}
          className="hover:bg-hover hover:text-ink -ms-1 grid size-6 shrink-0 place-items-center rounded-full"
        >
          <Icon of={X} size={12} />
        </button>
      )}
    </span>
  )
}
