import { useSyncExternalStore } from 'react'

export type Manner = 'polite' | 'assertive'

let said: Record<Manner, { text: string; time: number }> = {
  polite: { text: '', time: 0 },
  assertive: { text: '', time: 0 },
}
const watchers = new Set<() => void>()

/** Says something to screen readers alone: what moved, how much was found. */
export function announce(text: string, manner: Manner = 'polite'): void {
  said = { ...said, [manner]: { text, time: said[manner].time + 1 } }
  watchers.forEach((tell) => tell())
}

/** Where announcements are read from; part of the Kit. */
export function LiveRegion() {
  const now = useSyncExternalStore(
    (tell) => {
      watchers.add(tell)
      return () => watchers.delete(tell)
    },
    () => said,
  )
  return (
    <div className="sr-only">
      {/* A changing end makes the same words heard again. */}
      <div aria-live="polite">{now.polite.text + '\u00a0'.repeat(now.polite.time % 2)}</div>
      <div aria-live="assertive">{now.assertive.text + '\u00a0'.repeat(now.assertive.time % 2)}</div>
    </div>
  )
}
