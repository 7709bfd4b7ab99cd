import { use } from 'react'
import { Dialog as Base } from '@base-ui/react/dialog'

import { Closing } from '../DialogClose'
import type { SheetProps } from '../Sheet'
import { classes } from '../classes'
import { CloseButton } from './CloseButton'
import { useSwipeDown } from './swipe'
import { useCommands } from '../commands'
import { usePhone } from '../media'

export function Sheet(props: SheetProps) {
  const phone = usePhone()
  const modal = phone || !props.beside
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange} modal={modal} disablePointerDismissal={!modal}>
      {props.trigger && <Base.Trigger render={props.trigger} />}
      <Base.Portal>
        {modal && <Base.Backdrop className="motion-fade bg-scrim z-floating fixed inset-0" />}
        <Base.Popup
          initialFocus={props.initialFocus}
          className={classes(
            'bg-floating text-ink shadow-dialog fixed flex flex-col text-sm outline-none',
            phone
              ? 'motion-sheet-up z-floating inset-x-0 bottom-0 max-h-[85dvh] rounded-t-xl pb-[env(safe-area-inset-bottom)]'
              : classes('motion-sheet-side inset-y-0 end-0 w-120 max-w-[90vw]', modal ? 'z-floating' : 'z-panel'),
          )}
        >
          <Closing value={() => props.onOpenChange?.(false)}>
            <SheetContent {...props} phone={phone} modal={modal} />
          </Closing>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function SheetContent({
  title,
  hideTitle,
  children,
  actions,
  phone,
  modal,
}: SheetProps & { phone: boolean; modal: boolean }) {
  const swipe = useSwipeDown(use(Closing))
  useCommands([], { alone: modal })
  return (
    <>
      <div {...(phone ? swipe : {})} className={classes('shrink-0', phone && 'touch-none')}>
        {phone && <div aria-hidden className="bg-line-strong mx-auto mt-2 h-1 w-9 rounded-full" />}
        <div className={hideTitle ? 'sr-only' : 'h-header flex items-center ps-4 pe-12'}>
          <Base.Title className="grow truncate text-base font-semibold">{title}</Base.Title>
        </div>
      </div>
      <div className="min-h-0 grow overflow-y-auto overscroll-contain">{children}</div>
      {actions && <div className="border-line flex shrink-0 justify-end gap-2 border-t p-3">{actions}</div>}
      {!hideTitle && <CloseButton className={classes('end-2.5', phone ? 'top-5' : 'top-2')} />}
    </>
  )
}
