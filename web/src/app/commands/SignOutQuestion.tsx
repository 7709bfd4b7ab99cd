import { Plural, Trans, useLingui } from '@lingui/react/macro'

import { end } from '../../api/session'
import { unsent } from '../../store/open'
import { AlertDialog } from '../../ui/AlertDialog'

/** Asked only where signing out would lose what was written. */
export function SignOutQuestion({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const count = unsent()
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t`Sign out and lose changes?`}
      confirm={t`Sign out`}
      onConfirm={end}
    >
      <Plural
        value={count}
        one="# change has not reached the server. Signing out deletes it from this browser."
        other="# changes have not reached the server. Signing out deletes them from this browser."
      />{' '}
      <Trans>Wait until you are online, or look at the list of changes first.</Trans>
    </AlertDialog>
  )
}
