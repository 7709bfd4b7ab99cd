import { Dialog } from '@base-ui/react/dialog'
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'

import { classes } from '../classes'
import { Icon } from '../Icon'

/** The cross of a dialog or sheet. It stands last, so that the focus starts in what the dialog is for; and has no tip, for Escape would close that first. */
export function CloseButton({ className }: { className?: string }) {
  const { t } = useLingui()
  return (
    <Dialog.Close
      aria-label={t`Close`}
      className={classes(
        'touch-target hover:text-ink hover:bg-hover text-icon absolute grid size-7 place-items-center rounded-md',
        className,
      )}
    >
      <Icon of={X} />
    </Dialog.Close>
  )
}
