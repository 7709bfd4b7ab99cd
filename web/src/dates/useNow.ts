import { useSyncExternalStore } from 'react'

const minute = 60_000
const watchers = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setTimeout> | undefined

function tick() {
  now = Date.now()
  watchers.forEach((tell) => tell())
  timer = setTimeout(tick, minute - (now % minute))
}

function watch(tell: () => void): () => void {
  watchers.add(tell)
  if (watchers.size === 1) {
    now = Date.now()
    timer = setTimeout(tick, minute - (now % minute))
    document.addEventListener('visibilitychange', wake)
  }
  return () => {
    watchers.delete(tell)
    if (watchers.size > 0) return
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', wake)
  }
}

/** A tab that slept learns at once how late it is. */
function wake() {
  if (document.visibilityState !== 'visible' || Date.now() - now < minute) return
  clearTimeout(timer)
  tick()
}

/** The time, in Unix milliseconds, as of this minute: what shows it changes with it, past midnight too. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => now)
}
