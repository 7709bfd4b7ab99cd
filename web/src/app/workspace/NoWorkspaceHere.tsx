import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'

import { Offline, Problem } from '../../api/problem'
import { useWorkspaces } from '../../store'
import { ErrorState } from '../../ui/ErrorState'
import { NoAccess } from '../../ui/NoAccess'
import { WorkspaceSign } from '../sidebar/WorkspaceSign'

/** There is no such workspace for her: the ones that there are. */
export function NoWorkspaceHere() {
  const { t } = useLingui()
  const others = useWorkspaces() ?? []
  useEffect(() => {
    document.title = t`Nothing to see here` + ' · Rung'
  }, [t])
  return (
    <main className="grid min-h-dvh place-items-center">
      <NoAccess
        text={t`There is no workspace at this address, or you are not a member of it. Whoever runs it can invite you.`}
      >
        {others.slice(0, 5).map((w) => (
          <Link
            key={w.id}
            to="/$workspace/my"
            params={{ workspace: w.slug }}
            className="border-line-strong bg-floating hover:bg-hover touch-target inline-flex h-8 items-center gap-2 rounded-md border px-3 font-medium"
          >
            <WorkspaceSign id={w.id} name={w.name} />
            {w.name}
          </Link>
        ))}
        {others.length === 0 && (
          <Link to="/new" className="text-accent-text underline underline-offset-2">
            <Trans>Make a workspace</Trans>
          </Link>
        )}
      </NoAccess>
    </main>
  )
}

/** It may be there, but can't be opened now. */
export function NotOpened({ failure, retry }: { failure: unknown; retry: () => void }) {
  const { t } = useLingui()
  const offline = failure instanceof Offline
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState
        title={offline ? t`The server can’t be reached` : undefined}
        requestId={failure instanceof Problem ? failure.requestID : undefined}
        onRetry={retry}
      >
        {offline && (
          <Trans>Nothing of this workspace is kept in this browser yet. Check your connection, then try again.</Trans>
        )}
      </ErrorState>
    </main>
  )
}
