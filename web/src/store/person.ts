import { useSyncExternalStore } from 'react'

import { ask } from '../api/authorized'
import { keepsake } from '../api/keepsake'
import { Offline } from '../api/problem'
import type { components } from '../api/schema'
import { me, meChanged, type Me } from '../api/session'
import { noteMe, noteWorkspace, onBook, readBook, refreshBook, type Book, type Workspace } from './sync/book'

export { noteWorkspace, type Workspace }

type MePatch = components['schemas']['MePatch']

/** What was changed and has not reached the server yet. */
const unsent = keepsake<MePatch | null>('me.unsent', null)
const watchers = new Set<() => void>()
let book: Book | null | undefined

function current(): Book | null {
  if (book === undefined) {
    show(readBook())
    onBook((next) => {
      show(next)
      watchers.forEach((tell) => tell())
    })
  }
  return book!
}

function show(next: Book | undefined): void {
  book = next ? { ...next, me: patched(next.me, unsent.get() ?? {}), workspaces: byName(next.workspaces) } : null
}

function subscribe(tell: () => void): () => void {
  watchers.add(tell)
  return () => watchers.delete(tell)
}

const byName = (all: readonly Workspace[]) =>
  [...all].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))

/** Who is signed in, as far as it is known; remembered, so that the app starts without the network too. */
export function usePerson(): Me | undefined {
  return useSyncExternalStore(subscribe, () => current()?.me)
}

/** Her workspaces, by name; undefined before any were heard of. */
export function useWorkspaces(): readonly Workspace[] | undefined {
  return useSyncExternalStore(subscribe, () => current()?.workspaces)
}

/** When she last opened each workspace here, in Unix milliseconds. */
export const lastOpened = (): Readonly<Record<string, number>> => readBook()?.opened ?? {}

/** Asks the server who is signed in, and sends what was changed without it. Throws SignedOut, Offline or Problem. */
export async function loadPerson(): Promise<void> {
  await refreshBook()
  await send()
}

/**
 * Changes the profile of whoever is signed in. It shows at once; without a network it is sent later. Throws the Problem
 * when it is refused, and then is as it was.
 */
export async function changePerson(patch: MePatch): Promise<void> {
  const known = current()?.me ?? me()
  if (!known) return
  unsent.set(joined(unsent.get() ?? {}, patch))
  noteMe(patched(known, patch))
  await send()
}

let sending: Promise<void> = Promise.resolve()

function send(): Promise<void> {
  const next = sending.catch(() => undefined).then(sendOnce)
  sending = next
  return next
}

async function sendOnce(): Promise<void> {
  const patch = unsent.get()
  if (!patch) return
  try {
    const headers = { 'Content-Type': 'application/merge-patch+json' }
    const answer = await ask<Me>('/me', { method: 'PATCH', body: JSON.stringify(patch), headers })
    if (unsent.get() === patch) unsent.set(null)
    take(answer)
  } catch (e) {
    if (e instanceof Offline) return
    unsent.set(null)
    await ask<Me>('/me').then(take, () => undefined)
    throw e
  }
}

function take(answer: Me): void {
  meChanged(answer)
  noteMe(answer)
}

function patched(p: Me, { notify, settings, ...plain }: MePatch): Me {
  return { ...p, ...plain, notify: mergedMap(p.notify, notify), settings: mergedMap(p.settings, settings) }
}

function joined(a: MePatch, b: MePatch): MePatch {
  const out = { ...a, ...b }
  if (a.notify && b.notify) out.notify = { ...a.notify, ...b.notify }
  if (a.settings && b.settings) out.settings = { ...a.settings, ...b.settings }
  return out
}

function mergedMap<V>(map: Record<string, V> | undefined, patch: Record<string, V | null> = {}): Record<string, V> {
  const all = Object.entries({ ...map, ...patch })
  return Object.fromEntries(all.filter((e): e is [string, V] => e[1] !== null))
}
