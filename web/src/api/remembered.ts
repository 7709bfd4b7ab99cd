import { userKey } from '../entry'
import type { components } from './schema'

type Me = components['schemas']['Me']

// What a browser keeps of who is signed in, beyond a reload: her id and, for starting without the network, her profile.
// Never a token. A browser may keep nothing at all; then every load begins with signing in.

/** The key of the last known profile of who is signed in. */
export const profileKey = 'rung.me'

function read(key: string): string | null | undefined {
  try {
    return localStorage.getItem(key)
  } catch {
    return undefined
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // What is not kept is asked for again.
  }
}

/**
 * The id of who is signed in, '' when a signing out is still to be told to the server, null when nobody is, undefined when
 * the browser keeps nothing.
 */
export const rememberedUser = () => read(userKey)

export function rememberUser(me: Me): void {
  write(profileKey, JSON.stringify(me))
  if (rememberedUser() !== me.id) write(userKey, me.id)
}

/** Forgets who was signed in. Untold leaves the sign that the server is still to hear of it. */
export function forgetUser(untold = false): void {
  write(profileKey, null)
  if (untold) write(userKey, '')
  else if (rememberedUser() != null) write(userKey, null)
}

/** The last known profile of the user with the id. */
export function rememberedProfile(id: string | null): Me | undefined {
  const text = id ? read(profileKey) : null
  if (!text) return undefined
  try {
    const me = JSON.parse(text) as Me
    return me.id === id ? me : undefined
  } catch {
    return undefined
  }
}
