import { useEffect, useState } from 'react'

import type { components } from '../api/schema'
import { ask } from './ask'

export type Methods = components['schemas']['SignInMethods']

/** How one can get in here: undefined until it is known, or what kept it from being known. */
export function useMethods(): { methods?: Methods; refused?: unknown; again: () => void } {
  const [known, setKnown] = useState<{ methods?: Methods; refused?: unknown }>({})
  const [time, setTime] = useState(0)
  useEffect(() => {
    let left = false
    ask<Methods>('/auth/methods').then(
      (methods) => left || setKnown({ methods }),
      (refused: unknown) => left || setKnown({ refused }),
    )
    return () => {
      left = true
    }
  }, [time])
  return { ...known, again: () => setTime(time + 1) }
}
