import { onEnd } from '../api/session'
import { makeStore, type Store } from './context'
import { requestOf } from './request'
import type { Wanted } from './sync/arrive'
import { type Book, noteOpened, onBook, readBook, refreshBook, strike, type Workspace } from './sync/book'
import type { Disk } from './sync/disk'
import { IdbDisk } from './sync/idbDisk'
import { MemoryDisk } from './sync/memoryDisk'
import { Server } from './sync/net'
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

const open = new Map<string, Opened>()
const vanished = new Set<(workspace: Workspace) => void>()

/** Calls back when an open workspace is hers no more; what was kept of it is deleted. Gives what ends that. */
export function onVanish(tell: (workspace: Workspace) => void): () => void {
  vanished.add(tell)
  return () => vanished.delete(tell)
}

/**
 * Opens a workspace, named by its slug or id, from what is kept here, and keeps it up to date. The same one is opened once
 * and stays open. Throws NoWorkspace, and what refreshBook throws when nothing is known of it here.
 */
export async function openWorkspace(name: string, wanted: Wanted): Promise<Opened> {
  let book = readBook()
  let workspace = book && find(book, name)
  if (!workspace) {
    book = await refreshBook()
    workspace = find(book, name)
  } else void refreshBook().catch(() => undefined)
  if (!book || !workspace) throw new NoWorkspace(name)
  const there = open.get(workspace.id)
  if (there) return there

  await wipeOthers(book.me.id)
  const dbName = databaseName(book.me.id, workspace.id)
  const disk = await openDisk(dbName)
  const again = open.get(workspace.id)
  if (again) {
    disk.close()
    return again
  }
  const opened = start(book, workspace, disk, dbName, wanted)
  open.set(workspace.id, opened)
  noteOpened(workspace.id)
  void opened.sync.arrived.then(() => evict(readBook() ?? book, workspace.id))
  return opened
}

const find = (book: Book, name: string) => book.workspaces.find((w) => w.slug === name) ?? book.workspaces.find((w) => w.id === name)

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
    store.memory.setContext({ user: { id: b.me.id, name: b.me.name }, workspace: { id: ws.id, slug: ws.slug, name: ws.name }, zone })
  }
  tell(book)
  const stop = onBook(tell)
  const sync = new Sync({
    engine: store.memory,
    disk,
    server: new Server(workspace.id),
    name: disk.lasting ? dbName : dbName + Math.random(),
    wanted,
    browser: { locks: navigator.locks, storage: localStorage },
    requestOf,
    gone() {
      stop()
      open.delete(workspace.id)
      void dropDatabase(dbName)
      strike(workspace.id)
      for (const tell of vanished) tell(workspace)
    },
  })
  return { workspace, store, sync }
}

/** Changes that would be lost by signing out: they have not been sent, or were refused and nobody has seen to them. */
export function unsent(): number {
  let n = 0
  for (const { store } of open.values()) n += store.memory.pending().length + store.memory.sync.refused.length
  return n
}

/** Begins to watch over what is kept in this browser. ended is called once all of it is deleted. */
export function watchOver(ended: () => void): void {
  onEnd((why) => {
    for (const { sync, store } of open.values()) {
      sync.close()
      store.memory.clear()
    }
    open.clear()
    void wipe({ unsent: why === 'expired' }).finally(ended)
  })
  addEventListener('beforeunload', (e) => {
    if ([...open.values()].some(({ sync }) => sync.atRisk)) e.preventDefault()
  })
  setInterval(() => {
    for (const { store } of open.values()) store.memory.tick()
  }, 30_000)
}
