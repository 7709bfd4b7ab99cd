import type { components } from './schema'
import { userKey } from '../entry'
import { apiURL } from './base'
import { Offline, problemOf, SignedOut } from './problem'

export type Me = components['schemas']['Me']
type SignedIn = components['schemas']['SignedIn']

const early = 30_000 // a token is renewed this many milliseconds before it ends
const patience = 15_000 // how long an answer is waited for, in milliseconds

let held: { token: string; until: number; user: Me } | undefined
let asking: Promise<string> | undefined
/** Why a session has ended: she signed out, or it was not renewed any more. */
export type Ending = 'left' | 'expired'

const ended = new Set<(why: Ending) => void>()
const others = new BroadcastChannel('rung.session')

others.onmessage = (e: MessageEvent<'end'>) => {
  if (e.data === 'end') forget('left')
}

function forget(why: Ending) {
  held = undefined
  localStorage.removeItem(userKey)
  for (const tell of ended) tell(why)
}

/** Takes up a session that signing in, registering or refreshing has answered. The token stays in memory alone. */
export function begin(answer: SignedIn): void {
  held = { token: answer.access_token, until: Date.now() + answer.expires_in * 1000, user: answer.user }
  localStorage.setItem(userKey, answer.user.id)
}

/** Who is signed in, as the last refresh told; undefined before the first. */
export function me(): Me | undefined {
  return held?.user
}

/** Calls back whenever the session has ended, in this tab or in another; gives what ends that. */
export function onEnd(tell: (why: Ending) => void): () => void {
  ended.add(tell)
  return () => ended.delete(tell)
}

/**
 * Gives an access token that is good for a while, and gets the next one when it is not. Throws SignedOut when the session
 * has ended and Offline when that cannot be known. Calls at the same time share one request; so do tabs, for a refresh
 * token that two of them use has one successor.
 */
export async function accessToken(fresh = false): Promise<string> {
  if (!fresh && held && held.until - early > Date.now()) return held.token
  asking ??= refresh().finally(() => (asking = undefined))
  return asking
}

async function refresh(): Promise<string> {
  const answer = await send(apiURL() + '/auth/refresh', { method: 'POST', credentials: 'include' })
  if (answer.status === 401) {
    forget('expired')
    throw new SignedOut('The session has ended.')
  }
  if (!answer.ok) throw await problemOf(answer)
  begin(await answer.json())
  return held!.token
}

/** Signs out, in all tabs. The local session ends whether or not the server could be told. */
export async function end(): Promise<void> {
  try {
    await send(apiURL() + '/auth/logout', { method: 'POST', credentials: 'include' })
  } finally {
    others.postMessage('end')
    forget('left')
  }
}

/** fetch, with an end to waiting, and with Offline for everything that is no answer. */
export async function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const limit = AbortSignal.timeout(patience)
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit
  try {
    return await fetch(input, { ...init, signal })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new Offline('The server cannot be reached.', { cause })
  }
}
