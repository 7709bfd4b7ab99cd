import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { Button } from './Button'
import { Notice } from './Notice'

interface ErrorStateProps {
  title?: ReactNode
  /** What to do now. */
  children?: ReactNode
  requestId?: string
  onRetry?: () => void
  busy?: boolean
}

/** Something went wrong: what to do, the number to tell by, another try. */
export function ErrorState({ title, children, requestId, onRetry, busy }: ErrorStateProps) {
  const { t } = useLingui()
  return (
    <Notice
      alert
      icon={CircleAlert}
      title={title ?? t`This did not work`}
      text={
        <>
          {children ?? t`Try again in a moment. If it keeps happening, tell your administrator.`}
          {requestId && (
            <p className="mt-2 text-xs wrap-anywhere">
              <Trans>
                Request <code className="font-mono select-all">{requestId}</code>
              </Trans>
            </p>
          )}
        </>
      }
    >
      {onRetry && (
        <Button onClick={onRetry} busy={busy}>
          <Trans>Try again</Trans>
        </Button>
      )}
    </Notice>
  )
}
