import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode, RefObject } from 'react'

import { classes } from './classes'
import { surface } from './floating'

export interface PopoverProps {
  trigger?: ReactElement
  /** What it stands at, when nothing in here opens it. */
  anchor?: Element | RefObject<Element | null> | null
  /** What it is, for screen readers. */
  name: string
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end'
  initialFocus?: RefObject<HTMLElement | null>
  className?: string
}

/** A small surface beside what opened it; Escape or a press elsewhere closes it and the focus goes back. */
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
