import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/TextField'

interface RenameDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  name: string
  onRename: (name: string) => void
}

export function RenameDialog({ open, onOpenChange, name, onRename }: RenameDialogProps) {
  const { t } = useLingui()
  const [text, setText] = useState(name)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t`Rename`}
      size="small"
      actions={
        <Button kind="primary" form="rename" type="submit" disabled={text.trim() === ''}>
          {t`Save`}
        </Button>
      }
    >
      <form
        id="rename"
        onSubmit={(e) => {
          e.preventDefault()
          onRename(text.trim())
          onOpenChange(false)
        }}
      >
        <TextField label={t`Name`} value={text} onChange={(e) => setText(e.target.value)} autoFocus maxLength={200} />
      </form>
    </Dialog>
  )
}
