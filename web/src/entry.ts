import { pathBelowBase } from './api/base'

const enterPages = new Set(['setup', 'login', 'signup', 'forgot', 'reset-password', 'verify-email', 'invite'])

/**
 * The key under which a browser remembers who is signed in. Absent when nobody is; empty when somebody has signed out
 * and the server does not know yet.
 */
export const userKey = 'rung.user'

/** Whether an address is one of the pages of getting in. */
export function isEnterPage(pathname: string): boolean {
  return enterPages.has(pathBelowBase(pathname).split('/')[0] ?? '')
}

/** Which of the two entries an address belongs to. Without anybody signed in, every address leads to signing in. */
export function entryFor(at: { pathname: string }, storage: Pick<Storage, 'getItem'>): 'enter' | 'app' {
  if (isEnterPage(at.pathname)) return 'enter'
  try {
    return storage.getItem(userKey) ? 'app' : 'enter'
  } catch {
    return 'enter' // A browser that keeps nothing remembers nobody.
  }
}
