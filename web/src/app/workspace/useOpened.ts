import { useEffect, useState } from 'react'

import { NoWorkspace, onVanish, openWorkspace, type Opened } from '../../store/open'

type State = { of: string; opened?: Opened; none?: boolean; failure?: unknown }

/** Opens the workspace of a name. What was open stays till the other one is. */
export function useOpened(name: string, path: string): State & { retry: () => void } {
  const [state, setState] = useState<State>({ of: name })
  const [attempt, setAttempt] = useState(0)
  const wanted = wantedFrom(path)
  useEffect(() => {
    let over = false
    const take = (next: Omit<State, 'of'>) => over || setState({ of: name, ...next })
    openWorkspace(name, wanted === undefined ? 'mine' : { project: wanted }).then(
      (opened) => take({ opened }),
      (e: unknown) => take(e instanceof NoWorkspace ? { none: true } : { failure: e }),
    )
    const stop = onVanish((w) => (w.slug === name || w.id === name) && take({ none: true }))
    return () => {
      over = true
      stop()
    }
    // What one came to look at matters at the start alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [name, attempt])
  const retry = () => {
    setState({ of: name })
    setAttempt(attempt + 1)
  }
  return { ...(state.of === name ? state : { of: name }), retry }
}

/** The project that an address is of, by its key; of a task's address, its key's letters. */
function wantedFrom(path: string): string | undefined {
  return /\/p\/([^/]+)/.exec(path)?.[1] ?? /\/t\/([^/]+)-\d+/.exec(path)?.[1]
}
