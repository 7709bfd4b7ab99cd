import { useSyncExternalStore } from 'react'

export interface Keepsake<T> {
  get(): T
  set(value: T): void
  /** Calls back when the value changes, here or in another tab; gives what ends that. */
  watch(tell: () => void): () => void
}

/** What is kept, followed as it changes. */
export function useKept<T>({ watch, get }: Keepsake<T>): T {
  return useSyncExternalStore(watch, get)
}

/**
 * A value that this browser keeps under "rung." and the name, until whoever is signed in signs out. What can't be kept,
 * because storage is full or forbidden, lasts for this visit.
 */
export function keepsake<T>(name: string, empty: T): Keepsake<T> {
  const key = 'rung.' + name
  const watchers = new Set<() => void>()
  let raw: string | null = null
  let value = empty

  function take(next: string | null) {
    if (next === raw) return
    raw = next
    try {
      value = next === null ? empty : (JSON.parse(next) as T)
    } catch {
      value = empty
    }
    watchers.forEach((tell) => tell())
  }
  function read(): string | null {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  take(read())
  addEventListener('storage', (e) => {
    if (e.key === key || e.key === null) take(read())
  })
  return {
    get: () => value,
    set(next) {
      const text = JSON.stringify(next)
      try {
        localStorage.setItem(key, text)
      } catch {
        // It lasts as long as the page.
      }
      raw = text
      value = next
      watchers.forEach((tell) => tell())
    },
    watch(tell) {
      watchers.add(tell)
      return () => watchers.delete(tell)
    },
  }
}
