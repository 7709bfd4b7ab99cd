import { useLingui } from '@lingui/react/macro'

import { Dialog } from '../../ui/Dialog'
import { usePhone } from '../../ui/media'
import { Sheet } from '../../ui/Sheet'
import { AddForm } from './AddForm'
import { useKeyboardHeight } from './useKeyboardHeight'

export interface QuickAddProps {
  open: boolean
  onClose: () => void
}

/** Adds a task from anywhere. */
export default function QuickAdd({ open, onClose }: QuickAddProps) {
  const { t } = useLingui()
  const phone = usePhone()
  const keyboard = useKeyboardHeight()
  const frame = { open, onOpenChange: (next: boolean) => !next && onClose(), title: t`Add a task`, hideTitle: true }
  const form = (
    <div className="pt-2" style={phone ? { paddingBlockEnd: keyboard } : undefined}>
      <AddForm onClose={onClose} />
    </div>
  )
  return phone ? <Sheet {...frame}>{form}</Sheet> : <Dialog {...frame}>{form}</Dialog>
}
