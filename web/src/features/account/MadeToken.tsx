import { Trans, useLingui } from '@lingui/react/macro'

import { CopyField } from '../../fields/CopyField'
import { Button } from '../../ui/Button'
import type { Token } from './Tokens'

/** The secret of a token that was just made: the only time it is to be seen. */
export function MadeToken({ token, onDone }: { token: Token; onDone: () => void }) {
  const { t } = useLingui()
  return (
    <div role="status" className="bg-success-tint flex flex-col gap-3 rounded-lg p-4">
      <p className="text-success-text font-medium">
        <Trans>{token.name} is made. Copy it now: it is not shown again.</Trans>
      </p>
      <CopyField label={t`Token`} value={token.token ?? ''} />
      <div>
        <Button onClick={onDone}>
          <Trans>I have copied it</Trans>
        </Button>
      </div>
    </div>
  )
}
