import { useEffect, useState } from 'react'

const asked = new Map<string, Promise<unknown>>()

/**
 * Asks once for each key however often a page is drawn, for some questions, such as whether a link is good, use up what they
 * ask about. Gives what was answered or refused, and a way to ask again.
 */
export function useAnswer<T>(key: string, ask: () => Promise<T>): { answer?: T; refused?: unknown; again: () => void } {
  const [known, setKnown] = useState<{ key: string; answer?: T; refused?: unknown }>({ key })
  const [time, setTime] = useState(0)
  useEffect(() => {
    let left = false
    if (!key) return
    if (!asked.has(key)) asked.set(key, ask())
    asked.get(key)!.then(
      (answer) => left || setKnown({ key, answer: answer as T }),
      (refused: unknown) => left || setKnown({ key, refused }),
    )
    return () => {
      left = true
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says what is asked
  }, [key, time])
  const again = () => {
    asked.delete(key)
    setKnown({ key })
    setTime(time + 1)
  }
  return known.key === key ? { answer: known.answer, refused: known.refused, again } : { again }
}
