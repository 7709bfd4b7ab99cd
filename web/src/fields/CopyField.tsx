import { Trans, useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'

import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { TextField } from '../ui/TextField'
import { toast } from '../ui/Toast'
import { copyText } from './copy'

/** A secret or an address that is to be taken along, with a button that does. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const { t } = useLingui()
  async function copy() {
    toast(
      (await copyText(value))
        ? { text: t`Copied` }
        : { text: t`The browser does not allow it. Select the text and copy it.` },
    )
  }
  return (
    <div className="flex items-end gap-2">
      <TextField
        label={label}
        hint={hint}
        value={value}
        readOnly
        dir="ltr"
        className="min-w-0 grow"
        onFocus={(event) => event.target.select()}
      />
      <Button
        icon={<Icon of={Copy} />}
        className={hint ? 'mb-5.5 h-8 pointer-coarse:h-11' : 'h-8 pointer-coarse:h-11'}
        onClick={() => void copy()}
      >
        <Trans>Copy</Trans>
      </Button>
    </div>
  )
}
