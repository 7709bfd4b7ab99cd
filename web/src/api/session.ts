import { Offline, problemOf, SignedOut } from './problem'
import { forgetUser, rememberedProfile, rememberedUser, rememberUser } from './remembered'
import { apiURL } from './base'
import type { components } from './schema'
import { send } from './send'
import { userKey } from '../entry'

export { send }
export type Me = components['schemas']['Me']
type SignedIn = components['schemas']['SignedIn']

/**
 * How a session ends in this tab: she has signed out, here or in another tab; the server does not know the session any
 * more; or somebody else has signed in with this browser.
 */
export type Ending = 'signed-out' | 'expired' | 'replaced'

const early = 30_000 // a token is renewed this many milliseconds before it ends
const farewell = 2_000 // how long those who are told of the end have for it, in milliseconds

/** Whose tab this is, since it was loaded or since somebody signed in here; what it shows is hers. */
let owner: string | null = rememberedUser() || null
let profile: Me | undefined = rememberedProfile(owner)
let kept = true // whether the browser remembers the owner, so that other tabs can be heard
let held: { token: string; since: number; until: number } | undefined
let asking: Promise<string> | undefined
const ended = new Set<(how: Ending) => unknown>()
let goOn: ((how: Ending, whose: string) => void) | undefined

// Other tabs are heard through what they remember: '' tells of a signing out, nothing of a session that has ended.
addEventListener('storage', (e) => {
  if (e.key === userKey || e.key === null) follow(e.key === null ? null : e.newValue)
})
// A tab that slept or came back from the history may have missed it.
addEventListener('pageshow', () => follow(rememberedUser()))
document.addEventListener('visibilitychange', () => follow(rememberedUser()))

/** Ends what this tab has if the browser belongs to nobody or somebody else by now. */
function follow(user: string | null | undefined): void {
  if (!owner || !kept || user === owner) return
  leave(user ? 'replaced' : user === '' ? 'signed-out' : 'expired')
}

function leave(how: Ending): void {
  if (!owner) return
  const whose = owner
  held = profile = undefined
  owner = null
  const told = Promise.allSettled([...ended].map(async (tell) => tell(how)))
  if (!goOn) return
  document.body.hidden = true
  void Promise.race([told, new Promise((late) => setTimeout(late, farewell))]).then(() => goOn?.(how, whose))
}

/** Takes up a session that signing in, registering or refreshing has answered. The token stays in memory alone. */
export function begin(answer: SignedIn): void {
  if (owner && owner !== answer.user.id) leave('replaced')
  const now = Date.now()
  held = { token: answer.access_token, since: now, until: now + answer.expires_in * 1000 - early }
  owner = answer.user.id
  meChanged(answer.user)
  kept = rememberedUser() === owner
}

/**
 * Who is signed in: her profile as it was last told, which may have been before this page was loaded, so that the app can
 * start without the network. Undefined when nobody is.
 */
export function me(): Me | undefined {
  return profile
}

/** Takes up her profile as an answer has shown it. */
export function meChanged(now: Me): void {
  if (now.id !== owner) return
  profile = now
  rememberUser(now)
}

/**
 * Calls back when the session has ended, in this tab or in another; gives what ends that. What it promises, such as to
 * wipe what is stored, is waited for a little before the tab moves on.
 */
export function onEnd(tell: (how: Ending) => unknown): () => void {
  ended.add(tell)
  return () => ended.delete(tell)
}

/** Says how the tab moves on when all who wanted to know of the end have done what they had to. */
export function onLeft(go: (how: Ending, whose: string) => void): void {
  goOn = go
}

/**
 * Gives an access token that is good for a while, and gets the next one when it is not, or when it is the one that the
 * server has refused. Throws SignedOut when the session has ended and Offline when that cannot be known. Calls at the same
 * time share one request; tabs need not, for a refresh token that two of them use has one successor.
 */
export async function accessToken(refused?: string): Promise<string> {
  follow(rememberedUser())
  const now = Date.now()
  if (held && held.token !== refused && held.since <= now && now < held.until) return held.token
  asking ??= refresh().finally(() => (asking = undefined))
  return asking
}

async function refresh(): Promise<string> {
  if (!owner) throw new SignedOut('Nobody is signed in.')
  const whose = owner
  const answer = await send(apiURL() + '/auth/refresh', { method: 'POST', credentials: 'include' })
  const fresh = answer.ok ? await signedInOf(answer) : await refusal(answer)
  if (owner !== whose) throw new SignedOut('The session has ended.') // while the answer was on its way
  if (fresh && fresh.user.id === whose) begin(fresh)
  else if (fresh) rememberUser(fresh.user)
  else forgetUser()
  if (fresh?.user.id === whose) return fresh.access_token
  leave(fresh ? 'replaced' : 'expired')
  throw new SignedOut('The session has ended.')
}

/** Reads who is signed in. A page that a network puts in the way is no answer of Rung's. */
async function signedInOf(answer: Response): Promise<SignedIn> {
  try {
    const body = (await answer.json()) as SignedIn
    if (body.access_token && body.user.id) return body
  } catch {
    // As below.
  }
  throw new Offline('Something else than the server has answered.')
}

/** Nothing if the server says that the session has ended; whatever else went wrong says nothing of the session. */
async function refusal(answer: Response): Promise<undefined> {
  const problem = await problemOf(answer)
  if (problem.status === 401 && problem.code !== 'unknown') return
  if (problem.status === 403 && problem.code !== 'unknown') throw problem
  throw new Offline('The server cannot tell whether the session goes on.', { cause: problem })
}

/**
 * Signs out, in all tabs. The local session ends at once, whether or not the server can be told; if it cannot, settle
 * tells it later.
 */
export async function end(): Promise<void> {
  forgetUser(true)
  leave('signed-out')
  await settle()
}

let settling: Promise<void> | undefined

/**
 * Tells the server of a signing out that it has not heard of, if there is one. Who signs in waits for it: its answer takes
 * the cookie away. Never throws; what could not be told is tried again the next time.
 */
export function settle(): Promise<void> {
  if (rememberedUser() !== '') return Promise.resolve()
  settling ??= tellSignOut().finally(() => (settling = undefined))
  return settling
}

async function tellSignOut(): Promise<void> {
  try {
    const answer = await send(apiURL() + '/auth/logout', { method: 'POST', credentials: 'include', keepalive: true })
    if (answer.ok && rememberedUser() === '') forgetUser()
  } catch {
    // Settled when the server can be reached.
  }
}
