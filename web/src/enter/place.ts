import { useSyncExternalStore } from 'react'

import { basePath, pathBelowBase } from '../api/base'
import { isEnterPage } from '../entry'
import { signInAddress } from './next'

/** Where one is among the pages of getting in. */
export interface Place {
  page: string
  /** The secret that came behind the #, '' for none. It is kept in memory alone. */
  token: string
  query: URLSearchParams
}

const secrets = new Map<string, string>() // by page, so that coming back within the page finds it again
const watchers = new Set<() => void>()
let now: Place | undefined
let followed = false

function read(): Place {
  // Whatever is asked for without being signed in is signing in first.
  if (!isEnterPage(location.pathname)) history.replaceState(null, '', signInAddress(location))
  const page = pathBelowBase(location.pathname).split('/')[0] ?? ''
  if (location.hash.length > 1) {
    secrets.set(page, location.hash.slice(1))
    history.replaceState(null, '', location.pathname + location.search)
  }
  return { page, token: secrets.get(page) ?? '', query: new URLSearchParams(location.search) }
}

function moved(): void {
  now = read()
  for (const tell of watchers) tell()
}

function subscribe(tell: () => void): () => void {
  if (!followed) addEventListener('popstate', moved) // which a new #secret in the address bar is, too
  followed = true
  watchers.add(tell)
  return () => watchers.delete(tell)
}

/** Read when it is first asked for: a chunk that holds this may be loaded where nobody is to be led to signing in. */
export const usePlace = (): Place => useSyncExternalStore(subscribe, () => (now ??= read()))

/** The address of a page, with the query that leads back. */
export function addressOf(page: string, query = ''): string {
  return basePath() + page + (query && '?' + query)
}

export function go(address: string): void {
  history.pushState(null, '', address)
  moved()
}

/** Leaves for the app, which loads anew. */
export function leaveFor(address: string): void {
  location.replace(address)
}
