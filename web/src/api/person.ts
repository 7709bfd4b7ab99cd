import { userKey } from '../entry'
import { api, ok } from './client'
import { Offline } from './problem'
import { forgetPerson, remembered } from './keepsake'
import type { components } from './schema'
import { accessToken, me, type Me } from './session'

type MePatch = components['schemas']['MePatch']

const profile = keepsake<Me | null>('me', null)
/** What was changed and has not reached the server. */
const unsent = keepsake<MePatch | null>('me.unsent', null)

/** Who is signed in, as far as it is known; remembered, so that the app starts without a network too. */
export const usePerson = (): Me | null => profile.use()
export const person = (): Me | null => profile.get()

/** Forgets whoever was here before, if it is somebody else. Comes before everything else that reads what is remembered. */
export function settlePerson(): void {
  const known = profile.get()
  if (known && known.id !== localStorage.getItem(userKey)) {
    const now = localStorage.getItem(userKey)
    forgetPerson()
    if (now !== null) localStorage.setItem(userKey, now)
  }
}

/** Asks the server who is signed in. Throws SignedOut, Offline or Problem; what is remembered stays then. */
export async function loadPerson(): Promise<void> {
  await accessToken()
  const fresh = me()
  if (fresh) profile.set(patched(fresh, unsent.get() ?? {}))
  if (unsent.get()) await send()
}

/**
 * Changes the profile of whoever is signed in. It shows at once; without a network it is sent later. Throws the Problem
 * when it is refused, and then is as it was.
 */
export async function changePerson(patch: MePatch): Promise<void> {
  const known = profile.get()
  if (!known) return
  profile.set(patched(known, patch))
  unsent.set(mergedPatch(unsent.get() ?? {}, patch))
  await send()
}

let sending: Promise<void> | undefined

async function send(): Promise<void> {
  await sending?.catch(() => undefined)
  sending = sendOnce()
  return sending
}

async function sendOnce(): Promise<void> {
  const patch = unsent.get()
  if (!patch) return
  try {
    const answer = await ok(api.PATCH('/me', { body: patch, headers: { 'Content-Type': 'application/merge-patch+json' } }))
    if (unsent.get() === patch) unsent.set(null)
    profile.set(patched(answer, unsent.get() ?? {}))
  } catch (e) {
    if (e instanceof Offline) return
    unsent.set(null)
    const fresh = await ok(api.GET('/me')).catch(() => undefined)
    if (fresh) profile.set(fresh)
    throw e
  }
}

function patched(p: Me, { notify, settings, ...plain }: MePatch): Me {
  return { ...p, ...plain, notify: mergedMap(p.notify, notify), settings: mergedMap(p.settings, settings) }
}

function mergedPatch(a: MePatch, b: MePatch): MePatch {
  const out = { ...a, ...b }
  if (a.notify && b.notify) out.notify = { ...a.notify, ...b.notify }
  if (a.settings && b.settings) out.settings = { ...a.settings, ...b.settings }
  return out
}

function mergedMap<V>(map: Record<string, V> | undefined, patch: Record<string, V | null> = {}): Record<string, V> {
  const all = Object.entries({ ...map, ...patch })
  return Object.fromEntries(all.filter((e): e is [string, V] => e[1] !== null))
}
