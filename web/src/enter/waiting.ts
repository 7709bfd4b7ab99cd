import { useEffect, useState } from 'react'

import { Problem } from '../api/problem'

/** How many seconds a refusal still wants one to wait, counted down. */
export function useWait(refused: unknown): number {
  const asked = refused instanceof Problem && refused.status === 429 ? (refused.retryAfter ?? 30) : 0
  const since = refused instanceof Problem ? refused.at : 0
  const [now, setNow] = useState(() => Date.now())
  const left = asked === 0 ? 0 : Math.min(asked, Math.max(0, Math.ceil(asked - (now - since) / 1000)))
  const over = left === 0
  useEffect(() => {
    if (over) return
    const ticking = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(ticking)
  }, [over, refused])
  return left
}
