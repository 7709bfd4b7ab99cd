import { Trans } from '@lingui/react/macro'

import type { DraftInHand } from '../../markdown'
import { Button } from '../../ui/Button'
import { Kbd } from '../../ui/Kbd'

interface SaveButtonProps {
  name: string
  busy: boolean
  disabled?: boolean
  onSave: () => void
}

/** What the keys for saving do. */
export function SaveButton({ name, busy, disabled, onSave }: SaveButtonProps) {
  return (
    <Button kind="primary" busy={busy} disabled={disabled} onClick={onSave}>
      {name}
      <Kbd keys="mod+enter" quiet className="ms-1 max-phone:hidden" />
    </Button>
  )
}

/** What there is to know of a draft; takes the room before the buttons. */
export function DraftWords({ draft }: { draft: DraftInHand }) {
  return (
    <span className="text-muted min-w-0 grow truncate text-xs">
      {!draft.kept ? (
        <Trans>This browser has no room to keep a draft.</Trans>
      ) : (
        draft.restored && <Trans>Restored from a draft</Trans>
      )}
    </span>
  )
}
