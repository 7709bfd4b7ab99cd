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
    addEventListener('focus', wake)
    addEventListener('pageshow', wake)
    document.addEventListener('visibilitychange', wake)
  }
  return () => {
    watchers.delete(tell)
    if (watchers.size > 0) return
    clearTimeout(timer)
    removeEventListener('focus', wake)
    removeEventListener('pageshow', wake)
    document.removeEventListener('visibilitychange', wake)
  }
}

/** A tab that slept, or whose clock was set, learns at once how late it is. */
function wake() {
  if (document.visibilityState !== 'visible' || !stale()) return
  clearTimeout(timer)
  tick()
}

const stale = () => Math.abs(Date.now() - now) >= minute

/** Nobody was told while nobody watched. */
function read(): number {
  if (watchers.size === 0 && stale()) now = Date.now()
  return now
}

/** The time, in Unix milliseconds, as of this minute: what shows it changes with it, past midnight too. */
export function useNow(): number {
  return useSyncExternalStore(watch, read)
}
