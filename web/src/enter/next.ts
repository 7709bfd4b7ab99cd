import { basePath } from '../api/base'
import type { Ending } from '../api/session'
import { isEnterPage } from '../entry'

// Where one goes once one is in, and where a tab goes when its session has ended.

const beforeKey = 'rung.before' // whose place a tab keeps while nobody is signed in; of this tab alone

/** An address within this app that ?next= names, as a path; the start of the app for everything else. */
export function safeNext(next: string | null): string {
  const start = basePath()
  if (!next?.startsWith('/')) return start
  let url: URL
  try {
    url = new URL(next, location.origin)
  } catch {
    return start
  }
  // A browser reads "/\host" and "//host" as another host, which the origin tells.
  const ours = url.origin === location.origin && url.pathname.startsWith(start) && !isEnterPage(url.pathname)
  return ours ? url.pathname + url.search + url.hash : start
}

/** The address of signing in that leads back to a place. */
export function signInAddress(place: Pick<Location, 'pathname' | 'search' | 'hash'>, ended = false): string {
  const query = new URLSearchParams()
  const back = safeNext(place.pathname + place.search + place.hash)
  if (back !== basePath()) query.set('next', back)
  if (ended) query.set('ended', '1')
  return basePath() + 'login' + (query.size > 0 ? '?' + query.toString() : '')
}

/** Where a tab goes when its session has ended. Only whose session ran out comes back to where she was. */
export function afterEnd(how: Ending, whose: string): string {
  if (how === 'replaced') return basePath()
  if (how === 'signed-out') return basePath() + 'login'
  try {
    sessionStorage.setItem(beforeKey, whose)
  } catch {
    return basePath() + 'login?ended=1'
  }
  return signInAddress(location, true)
}

/** The place to go on at: next, unless it is where somebody else was. */
export function nextFor(user: string, next: string | null): string {
  try {
    const before = sessionStorage.getItem(beforeKey)
    sessionStorage.removeItem(beforeKey)
    if (before && before !== user) return basePath()
  } catch {
    // Nothing was kept.
  }
  return safeNext(next)
}
