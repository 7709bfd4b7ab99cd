import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'

import { classes } from './classes'
import { useKeysOf } from './commands'
import { Icon } from './Icon'
import { ariaKeys } from './keys'
import { Tooltip } from './Tooltip'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon
  /** Its name, shown as the tip. */
  name: string
  /** The command it does: its keys are shown in the tip. */
  command?: string
  keys?: string
  size?: 'small' | 'medium' | 'large'
  /** Given, the button is a switch that is on or off. */
  pressed?: boolean
}

const sizes = { small: 'size-6 rounded-sm', medium: 'size-7 rounded-md', large: 'size-11 rounded-lg' }

export function IconButton({
  icon,
  name,
  command,
  keys,
  size = 'medium',
  pressed,
  className,
  ...rest
}: IconButtonProps) {
  const own = useKeysOf(command)
  const shown = keys ?? own
  return (
    <Tooltip text={name} keys={shown}>
      <button
        type="button"
        {...rest}
        aria-label={name}
        aria-pressed={pressed}
        aria-keyshortcuts={ariaKeys(shown)}
        className={classes(
          'touch-target hover:text-ink hover:bg-hover active:bg-pressed aria-pressed:bg-selected aria-pressed:text-accent-text data-popup-open:bg-pressed data-popup-open:text-ink text-icon grid shrink-0 place-items-center disabled:pointer-events-none disabled:opacity-50',
          sizes[size],
          className,
        )}
      >
        <Icon of={icon} size={size === 'large' ? 20 : 16} />
      </button>
    </Tooltip>
  )
}
