import { useState } from 'react'

/** A choice that this browser remembers. */
export function useKept<T>(key: string, otherwise: T): [T, (next: T) => void] {
  const name = `rung.${key}`
  const [now, setNow] = useState<{ name: string; value: T }>()
  const value = now?.name === name ? now.value : (found<T>(name) ?? otherwise)
  return [
    value,
    (next) => {
      setNow({ name, value: next })
      try {
        localStorage.setItem(name, JSON.stringify(next))
      } catch {
        // without room it holds as long as the screen is shown
      }
    },
  ]
}

function found<T>(name: string): T | undefined {
  try {
    return (JSON.parse(localStorage.getItem(name) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}
