import { rememberedUser } from '../api/remembered'
import { onEnd } from '../api/session'
import { makeStore, type Store } from './context'
import type { ID } from './types'
import { requestOf } from './request'
import type { Wanted } from './sync/arrive'
import { type Book, noteOpened, onBook, readBook, refreshBook, strike, type Workspace } from './sync/book'
import type { Disk } from './sync/disk'
import { IdbDisk } from './sync/idbDisk'
import { MemoryDisk } from './sync/memoryDisk'
import { Server } from './sync/net'
import { kept } from './sync/storage'
import { Sync } from './sync/sync'
import { databaseName, dropDatabase, evict, noteDatabase, wipe, wipeOthers } from './sync/wipe'

export { onBook, readBook, refreshBook, type Book, type Workspace } from './sync/book'
export type { Wanted } from './sync/arrive'
export type { Sync } from './sync/sync'

/** A workspace that is open in this tab. */
export interface Opened {
  workspace: Workspace
  store: Store
  sync: Sync
}

/** There is no such workspace for who is signed in. */
export class NoWorkspace extends Error {
  override name = 'NoWorkspace'
}

const open = new Map<ID, Opened>()
const openings = new Map<string, Promise<Opened>>()
const vanished = new Set<(workspace: Workspace) => void>()

/** Calls back when an open workspace is hers no more; what was kept of it is deleted. Gives what ends that. */
export function onVanish(tell: (workspace: Workspace) => void): () => void {
  vanished.add(tell)
  return () => vanished.delete(tell)
}

/**
 * Opens a workspace, named by its slug or id, from what is kept here, and keeps it up to date. The same one is opened once,
 * stays open, and is the same promise, as use() wants it. It is broken with NoWorkspace, and with what refreshBook throws
 * when nothing is known of it here.
 */
export function openWorkspace(name: string, wanted: Wanted): Promise<Opened> {
  let opening = openings.get(name)
  if (!opening) {
    opening = openNow(name, wanted)
    openings.set(name, opening)
    opening.catch(() => openings.delete(name))
  }
  return opening
}

async function openNow(name: string, wanted: Wanted): Promise<Opened> {
  const known = readBook()
  const isKnown = known !== undefined && find(known, name) !== undefined
  if (isKnown) void refreshBook().catch(() => undefined)
  const book = isKnown ? known : await refreshBook()
  const workspace = find(book, name)
  if (!workspace) throw new NoWorkspace(name)

  await wipeOthers(book.me.id)
  const dbName = databaseName(book.me.id, workspace.id)
  const there = open.get(workspace.id) ?? start(book, workspace, await openDisk(dbName), dbName, wanted)
  open.set(workspace.id, there)
  noteOpened(workspace.id)
  void there.sync.arrived.then(() => evict(readBook() ?? book, workspace.id))
  return there
}

const find = (book: Book, name: string) =>
  book.workspaces.find((w) => w.slug === name) ?? book.workspaces.find((w) => w.id === name)

async function openDisk(name: string): Promise<Disk> {
  try {
    noteDatabase(name)
    return await IdbDisk.open(name, () => undefined)
  } catch {
    return new MemoryDisk()
  }
}

function start(book: Book, workspace: Workspace, disk: Disk, dbName: string, wanted: Wanted): Opened {
  const store = makeStore()
  const tell = (b: Book) => {
    const ws = b.workspaces.find((w) => w.id === workspace.id) ?? workspace
    const zone = b.me.timezone || Intl.DateTimeFormat().resolvedOptions().timeZone
    store.memory.setContext({
      user: { id: b.me.id, name: b.me.name },
      workspace: { id: ws.id, slug: ws.slug, name: ws.name },
      zone,
    })
  }
  tell(book)
  const stop = onBook(tell)
  const sync = new Sync({
    engine: store.memory,
    disk,
    server: new Server(workspace.id),
    name: disk.lasting ? dbName : dbName + Math.random(),
    wanted,
    me: book.me.id,
    browser: { locks: navigator.locks, storage: kept },
    requestOf,
    gone() {
      stop()
      forget(workspace.id)
      void dropDatabase(dbName)
      strike(workspace.id)
      for (const tell of vanished) tell(workspace)
    },
  })
  return { workspace, store, sync }
}

function forget(workspace: ID) {
  open.delete(workspace)
  openings.clear()
}

/** Changes that would be lost by signing out: they have not been sent, or were refused and nobody has seen to them. */
export function unsent(): number {
  let n = 0
  for (const { store } of open.values()) n += store.memory.pending().length + store.memory.sync.refused.length
  return n
}

/** Begins to watch over what is kept in this browser. ended is called once all of it is deleted. */
export function watchOver(ended: () => void): void {
  let wiping = Promise.resolve()
  onEnd((how) => {
    for (const { sync, store } of open.values()) {
      sync.close()
      store.memory.clear()
    }
    open.clear()
    openings.clear()
    const but = (how === 'replaced' && rememberedUser()) || undefined
    wiping = wiping
      .then(() => wipe({ but, unsent: how === 'expired' }))
      .catch(() => undefined) // what is left is wiped before anything is opened again
      .finally(ended)
    return wiping
  })
  addEventListener('beforeunload', (e) => {
    if ([...open.values()].some(({ sync }) => sync.atRisk)) e.preventDefault()
  })
  addEventListener('pageshow', (e) => {
    if (e.persisted) location.reload() // it was put away, and has not heard what happened since
  })
  setInterval(() => {
    for (const { store } of open.values()) store.memory.tick()
  }, 30_000)
}
