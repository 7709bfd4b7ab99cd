import { Dialog as Base } from '@base-ui/react/dialog'

import type { DialogProps } from '../Dialog'
import { Closing } from '../DialogClose'
import { classes } from '../classes'
import { CloseButton } from './CloseButton'
import { useCommands } from '../commands'

const sizes = { small: 'max-w-100', medium: 'max-w-140', large: 'max-w-200' }

export function Dialog(props: DialogProps) {
  const { open, onOpenChange, trigger, keepOpen } = props
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal={keepOpen}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="motion-fade bg-scrim z-floating fixed inset-0" />
        <Base.Viewport className="z-floating fixed inset-0 flex items-start justify-center overflow-y-auto p-4 pt-[12vh] max-phone:pt-4">
          <Base.Popup
            initialFocus={props.initialFocus}
            className={classes(
              'motion-dialog bg-floating text-ink relative shadow-dialog w-full rounded-xl text-sm outline-none',
              sizes[props.size ?? 'medium'],
            )}
          >
            <Closing value={() => onOpenChange?.(false)}>
              <DialogContent {...props} />
            </Closing>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

function DialogContent({ title, hideTitle, description, children, actions }: DialogProps) {
  useCommands([], { alone: true })
  return (
    <>
      <div className={hideTitle ? 'sr-only' : 'ps-5 pe-13 pt-4 pb-1'}>
        <Base.Title className="text-lg font-semibold">{title}</Base.Title>
        {description && <Base.Description className="text-muted mt-1">{description}</Base.Description>}
      </div>
      {children && <div className={hideTitle ? undefined : 'px-5 pt-2 pb-5'}>{children}</div>}
      {actions && <div className="border-line flex justify-end gap-2 border-t px-5 py-3">{actions}</div>}
      {!hideTitle && <CloseButton className="end-3.5 top-3.5" />}
    </>
  )
}
