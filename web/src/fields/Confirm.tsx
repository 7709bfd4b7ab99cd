import { AlertDialog, type AlertDialogProps } from '../ui/AlertDialog'
import { Refused } from './Refused'
import { useSending } from './refusals'

/** Asks before what cannot be undone, and stays with the reason when it is refused. */
export function Confirm({ onConfirm, children, onOpenChange, ...dialog }: AlertDialogProps) {
  const { refused, send, forgive } = useSending()
  return (
    <AlertDialog
      {...dialog}
      onOpenChange={(open) => {
        forgive()
        onOpenChange?.(open)
      }}
      onConfirm={async () => {
        if (!(await send(async () => onConfirm()))) throw new Error('It was refused, and the dialog says why.')
      }}
    >
      <div className="flex flex-col gap-3">
        <div>{children}</div>
        <Refused of={refused} />
      </div>
    </AlertDialog>
  )
}
