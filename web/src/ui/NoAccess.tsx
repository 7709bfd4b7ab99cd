import { useLingui } from '@lingui/react/macro'
import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'

import { Notice } from './Notice'

/** Not there, or not for the one who asks: which of the two is not told. Children are ways on. */
export function NoAccess({ text, children }: { text?: ReactNode; children?: ReactNode }) {
  const { t } = useLingui()
  return (
    <Notice
      icon={Lock}
      title={t`Nothing to see here`}
      text={text ?? t`It may have been deleted, or you have no access. Ask whoever shared it with you.`}
    >
      {children}
    </Notice>
  )
}
