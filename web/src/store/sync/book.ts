import { ask } from '../../api/authorized'
import type { components } from '../../api/schema'
import { apiURL } from '../../api/base'
import { accessToken, me, type Me } from '../../api/session'
import { userKey } from '../../entry'
import type { ID } from '../types'
import { kept } from './storage'

export type Workspace = components['schemas']['Workspace']

/** What is known of who is signed in and of her workspaces, so that the app opens without the network. */
export interface Book {
  me: Me
  workspaces: Workspace[]
  /** When each was last opened here, in Unix milliseconds. */
  opened: Record<ID, number>
}

export const bookKey = (user: ID) => `rung.book:${user}:${apiURL()}`

/** The book of who is signed in here, if there is one. */
export function readBook(): Book | undefined {
  const user = kept.getItem(userKey)
  try {
    const book = JSON.parse(kept.getItem(bookKey(user ?? '')) ?? '') as Book
    return book.me.id === user ? book : undefined
  } catch {
    return undefined
  }
}

function writeBook(book: Book): Book {
  kept.setItem(bookKey(book.me.id), JSON.stringify(book))
  for (const tell of listeners) tell(book)
  return book
}

const listeners = new Set<(book: Book) => void>()

/** Calls back whenever the book is another; gives what ends that. */
export function onBook(tell: (book: Book) => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

// Another tab may have changed it.
addEventListener('storage', (e) => {
  const book = e.key?.startsWith('rung.book:') ? readBook() : undefined
  if (book) for (const tell of listeners) tell(book)
})

/** Asks the server who is signed in and which workspaces are hers. Throws SignedOut, Offline or Problem. */
export async function refreshBook(): Promise<Book> {
  await accessToken()
  const workspaces: Workspace[] = []
  for (let cursor: string | undefined; ;) {
    const page = await ask<{ items: Workspace[]; next_cursor: string | null }>(
      '/workspaces?limit=200' + (cursor ? '&cursor=' + encodeURIComponent(cursor) : ''),
    )
    workspaces.push(...page.items)
    if (!page.next_cursor) break
    cursor = page.next_cursor
  }
  return writeBook({ me: me()!, workspaces, opened: readBook()?.opened ?? {} })
}

/** Notes that a workspace is opened. */
export function noteOpened(workspace: ID): void {
  const book = readBook()
  if (book) writeBook({ ...book, opened: { ...book.opened, [workspace]: Date.now() } })
}

/** Strikes a workspace that is not hers any more. */
export function strike(workspace: ID): void {
  const book = readBook()
  if (book) writeBook({ ...book, workspaces: book.workspaces.filter((w) => w.id !== workspace) })
}

/** Takes up a workspace that is new or has other names, as the server has told it. */
export function noteWorkspace(workspace: Workspace): void {
  const book = readBook()
  if (book) writeBook({ ...book, workspaces: [...book.workspaces.filter((w) => w.id !== workspace.id), workspace] })
}

/** Takes up how the profile of who is signed in is to be shown. */
export function noteMe(me: Me): void {
  const book = readBook()
  if (book) writeBook({ ...book, me })
}
