const first = 1000
const longest = 30_000
const longestAsked = 300_000 // a server may ask for more patience than we would have

/** How long to wait before the nth try (from 0) in a row, in milliseconds: growing, bounded, and not the same for all. */
export function pauseOf(tries: number, retryAfter = 0): number {
  const grown = Math.min(longest, first * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2)
  return Math.max(grown, Math.min(retryAfter * 1000, longestAsked))
}

/** Waits, but no longer than until the network is back or the page is looked at again. hurry false: it waits all the time. */
export function waited(ms: number, signal: AbortSignal, hurry = true): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      globalThis.removeEventListener?.('online', end)
      globalThis.document?.removeEventListener('visibilitychange', seen)
      done()
    }
    const seen = () => {
      if (document.visibilityState === 'visible') end()
    }
    const timer = setTimeout(end, ms)
    if (signal.aborted) return end()
    signal.addEventListener('abort', end)
    if (!hurry) return
    globalThis.addEventListener?.('online', end)
    globalThis.document?.addEventListener('visibilitychange', seen)
  })
}
