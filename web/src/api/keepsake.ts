import { useSyncExternalStore } from 'react'

// What this browser remembers between visits, in localStorage. All of its names begin with "rung.".

const prefix = 'rung.'
/** What says nothing of anybody and stays when somebody else signs in. */
const kept = new Set(['rung.theme', 'rung.locale', 'rung.sidebar', 'rung.panel'])

export interface Remembered<T> {
  get(): T
  set(value: T): void
  /** The value, followed as it changes, in other tabs too. */
  use(): T
}

const forgetting = new Set<() => void>()

/** A value that is remembered under a name; what can't be kept (storage is full or forbidden) lasts for this visit. */
export function remembered<T>(name: string, empty: T): Remembered<T> {
  const key = prefix + name
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
  take(localStorage.getItem(key))
  addEventListener('storage', (e) => {
    if (e.key === key || e.key === null) take(localStorage.getItem(key))
  })
  forgetting.add(() => {
    if (!kept.has(key)) take(null)
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
      take(text)
    },
    use: () =>
      useSyncExternalStore(
        (tell) => {
          watchers.add(tell)
          return () => watchers.delete(tell)
        },
        () => value,
      ),
  }
}

/** Forgets everything of whoever was signed in, unfinished words too. */
export function forgetPerson(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(prefix) && !kept.has(key)) localStorage.removeItem(key)
  }
  forgetting.forEach((forget) => forget())
}
