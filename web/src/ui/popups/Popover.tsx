import { Popover as Base } from '@base-ui/react/popover'

import type { PopoverProps } from '../Popover'
import { classes } from '../classes'
import { surface } from './floating'

export function Popover(props: PopoverProps) {
  const {
    trigger,
    anchor,
    name,
    children,
    open,
    onOpenChange,
    align = 'start',
    side = 'bottom',
    initialFocus,
    className,
  } = props
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-floating"
        >
          <Base.Popup
            aria-label={name}
            initialFocus={initialFocus}
            className={classes(surface, 'max-h-(--available-height) max-w-(--available-width)', className)}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
