import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState, type ReactNode } from 'react'

import { Offline, Problem, SignedOut } from '../../api/problem'
import { loadPerson, usePerson } from '../../store'
import { useDelayed } from '../../ui/delayed'
import { ErrorState } from '../../ui/ErrorState'
import { Spinner } from '../../ui/Spinner'
import { showLocale, showTheme } from './profile'

/**
 * Shows the app to whoever is signed in. Somebody who is remembered sees it at once, without a network too; whether she
 * still is signed in is asked meanwhile.
 */
export function SignedIn({ children }: { children: ReactNode }) {
  const person = usePerson()
  const { failure, retry } = useSession()
  const slow = useDelayed(!person && !failure)
  const theme = person?.theme
  const locale = person?.locale
  useEffect(() => {
    if (theme) showTheme(theme)
  }, [theme])
  useEffect(() => {
    if (locale) void showLocale(locale).catch(() => undefined)
  }, [locale])

  if (person) return children
  if (failure) return <NotStarted failure={failure} retry={retry} />
  return <div className="grid min-h-dvh place-items-center">{slow && <Spinner className="text-icon" />}</div>
}

function useSession() {
  const [failure, setFailure] = useState<unknown>()
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let over = false
    const load = () =>
      loadPerson().then(
        () => over || setFailure(undefined),
        // A tab whose session has ended is on its way to signing in.
        (e: unknown) => over || e instanceof SignedOut || setFailure(e),
      )
    void load()
    addEventListener('online', load)
    return () => {
      over = true
      removeEventListener('online', load)
    }
  }, [attempt])
  const retry = () => {
    setFailure(undefined)
    setAttempt(attempt + 1)
  }
  return { failure, retry }
}

function NotStarted({ failure, retry }: { failure: unknown; retry: () => void }) {
  const { t } = useLingui()
  const offline = failure instanceof Offline
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState
        title={offline ? t`The server can’t be reached` : t`Rung could not start`}
        requestId={failure instanceof Problem ? failure.requestID : undefined}
        onRetry={retry}
      >
        {offline && <Trans>Check your connection, then try again.</Trans>}
      </ErrorState>
    </main>
  )
}
