import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import { useLingui } from '@lingui/react/macro'
import { useRef, useState } from 'react'

import type { AlertDialogProps } from '../AlertDialog'
import { Button } from '../Button'
import { useCommands } from '../commands'

export function AlertDialog(props: AlertDialogProps) {
  const [own, setOwn] = useState(false)
  const safe = useRef<HTMLButtonElement>(null)
  const open = props.open ?? own
  function setOpen(next: boolean) {
    setOwn(next)
    props.onOpenChange?.(next)
  }
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      {props.trigger && <Base.Trigger render={props.trigger} />}
      <Base.Portal>
        <Base.Backdrop className="motion-fade bg-scrim z-floating fixed inset-0" />
        <Base.Viewport className="z-floating fixed inset-0 grid place-items-center overflow-y-auto p-4">
          <Base.Popup
            initialFocus={safe}
            className="motion-dialog bg-floating text-ink shadow-dialog w-full max-w-100 rounded-xl p-5 text-sm outline-none"
          >
            <Question {...props} safe={safe} close={() => setOpen(false)} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

function Question({
  title,
  children,
  confirm,
  onConfirm,
  danger = true,
  cancel,
  safe,
  close,
}: AlertDialogProps & { safe: React.RefObject<HTMLButtonElement | null>; close: () => void }) {
  const { t } = useLingui()
  const [busy, setBusy] = useState(false)
  useCommands([], { alone: true })
  async function go() {
    setBusy(true)
    const done = await Promise.resolve()
      .then(onConfirm)
      .then(
        () => true,
        () => false,
      )
    setBusy(false)
    if (done) close()
  }
  return (
    <>
      <Base.Title className="text-lg font-semibold">{title}</Base.Title>
      <Base.Description render={<div />} className="text-muted mt-1">
        {children}
      </Base.Description>
      <div className="mt-5 flex justify-end gap-2">
        <Base.Close ref={safe} render={<Button />}>
          {cancel ?? t`Cancel`}
        </Base.Close>
        <Button kind={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void go()}>
          {confirm}
        </Button>
      </div>
    </>
  )
}
