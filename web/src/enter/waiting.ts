import { useEffect, useState } from 'react'

import { Problem } from '../api/problem'

/** How many seconds a refusal still wants one to wait, counted down. */
export function useWait(refused: unknown): number {
  const asked = refused instanceof Problem && refused.status === 429 ? (refused.retryAfter ?? 30) : 0
  const [begun, setBegun] = useState({ refused, at: Date.now() })
  const [now, setNow] = useState(begun.at)
  if (begun.refused !== refused) {
    const at = Date.now()
    setBegun({ refused, at })
    setNow(at)
  }
  const left = asked === 0 ? 0 : Math.max(0, Math.ceil(asked - (now - begun.at) / 1000))
  const over = left === 0
  useEffect(() => {
    if (over) return
    const ticking = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(ticking)
  }, [over, begun])
  return left
}
