import { pathBelowBase } from './api/base'

const enterPages = new Set(['setup', 'login', 'signup', 'forgot', 'reset-password', 'verify-email', 'invite'])

/** The key under which a browser remembers who is signed in; absent when nobody is. */
export const userKey = 'rung.user'

/** Which of the two entries an address belongs to. Without anybody signed in, every address leads to signing in. */
export function entryFor(at: { pathname: string }, storage: Pick<Storage, 'getItem'>): 'enter' | 'app' {
  const first = pathBelowBase(at.pathname).split('/')[0] ?? ''
  if (enterPages.has(first)) return 'enter'
  return storage.getItem(userKey) === null ? 'enter' : 'app'
}
