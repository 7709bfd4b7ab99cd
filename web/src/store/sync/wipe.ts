import { deleteDB } from 'idb'

import { apiURL } from '../../api/base'
import type { ID } from '../types'
import { hasUnsent, keepUnsent } from './database'
import type { Book } from './book'
import { kept, keptInTab } from './storage'

// What is kept in this browser is named so that it is found again: databases "rung:USER:API:WORKSPACE", and in the storage
// "rung.…", of which the choices below belong to the browser and not to who is signed in.
const prefix = 'rung:'
const browsers = new Set(['rung.locale', 'rung.theme', 'rung.user', 'rung.me', 'rung.wiping', 'rung.names'])
const marker = 'rung.wiping'
const namesKey = 'rung.names' // where a browser can't list its databases
const most = 8 // workspaces that are kept of one user

export const databaseName = (user: ID, workspace: ID) => `${prefix}${user}:${apiURL()}:${workspace}`

/** Remembers that a database is there, so that it will be deleted. */
export function noteDatabase(name: string): void {
  const names = noted()
  if (!names.includes(name)) kept.setItem(namesKey, JSON.stringify([...names, name]))
}

function noted(): string[] {
  try {
    return JSON.parse(kept.getItem(namesKey) ?? '[]')
  } catch {
    return []
  }
}

async function databases(): Promise<string[]> {
  const listed = await globalThis.indexedDB?.databases?.().catch(() => [])
  const names = [...(listed ?? []).map((d) => d.name ?? ''), ...noted()]
  return [...new Set(names)].filter((n) => n.startsWith(prefix))
}

export async function dropDatabase(name: string): Promise<void> {
  try {
    await deleteDB(name)
  } catch {
    return // it can't be reached, and stays noted
  }
  kept.setItem(namesKey, JSON.stringify(noted().filter((n) => n !== name)))
}

/**
 * Deletes all that is kept here of anybody but one user; of everybody without one. With unsent, changes that were not sent
 * yet stay, unseen, until the same user signs in again: her session ended without her doing.
 */
export async function wipe({ but, unsent = false }: { but?: ID; unsent?: boolean } = {}): Promise<void> {
  kept.setItem(marker, unsent ? 'unsent' : 'all')
  const theirs = (name: string) =>
    but !== undefined && (name.startsWith(`${prefix}${but}:`) || name.includes(`:${but}:`))
  for (const store of [kept, keptInTab])
    for (const key of store.keys())
      if (key.startsWith('rung.') && !browsers.has(key) && !theirs(key) && !(unsent && key.startsWith('rung.draft')))
        store.removeItem(key)
  for (const name of await databases()) {
    if (theirs(name)) continue
    if (unsent && (await hasUnsent(name))) await keepUnsent(name)
    else await dropDatabase(name)
  }
  kept.removeItem(marker)
}

/** To be done before anything is opened: nothing of one user is there for the next, even if wiping was cut short. */
export async function wipeOthers(user: ID): Promise<void> {
  const key = 'rung.kept'
  const cut = kept.getItem(marker)
  if (cut !== null) await wipe({ unsent: cut === 'unsent' })
  else if (kept.getItem(key) !== user) await wipe({ but: user })
  kept.setItem(key, user)
}

/** Forgets workspaces that were not opened for long, so that what is kept is bounded. */
export async function evict(book: Book, but: ID): Promise<void> {
  const latest = book.workspaces.map((w) => w.id).sort((a, b) => (book.opened[b] ?? 0) - (book.opened[a] ?? 0))
  const kept = new Set([but, ...latest.slice(0, most)].map((id) => databaseName(book.me.id, id)))
  for (const name of await databases())
    if (name.startsWith(`${prefix}${book.me.id}:`) && !kept.has(name) && !(await hasUnsent(name)))
      await dropDatabase(name)
}
