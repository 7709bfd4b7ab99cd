import { useEffect, useRef, useState } from 'react'
import { dropDraft, findDraft, keepDraft, withoutHeldPlaces } from './draft/drafts'

export interface DraftInHand {
  /** What the field shows: what was typed, else what is saved. */
  text: string
  /** Call with every change of the field. */
  change: (text: string) => void
  /** The text that is typed is saved now, or thrown away: the draft is forgotten. */
  clear: () => void
  /** There is a draft that differs from what is saved. */
  dirty: boolean
  /** The draft was typed before the field was opened. */
  restored: boolean
  /** What was saved when the typing began; with `saved` and `text` it is what a conflict is made of. */
  base: string
  /** Somebody else saved another text since the typing began. */
  conflict: boolean
  /** False when the browser has no room to keep the draft. */
  kept: boolean
}

interface Typed {
  key: string
  text: string
  base: string
  restored: boolean
}

const pause = 250

/**
 * Keeps what is typed in a field until it is saved. The key names the user, the thing and the field, as in
 * `${user}.${task}.description`; `saved` is undefined while it is not known.
 */
export function useDraft(key: string, saved: string | undefined): DraftInHand {
  const [typed, setTyped] = useState<Typed>()
  const [kept, setKept] = useState(true)
  const [looked, setLooked] = useState<string>()
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; flush: () => void }>(undefined)

  // What was typed earlier is looked for once the saved text is known, before anything is drawn.
  if (saved !== undefined && looked !== key) {
    setLooked(key)
    const found = findDraft(key, saved)
    const text = found && withoutHeldPlaces(found.text)
    setTyped(
      found && text !== undefined && text !== saved ? { key, text, base: found.base, restored: true } : undefined,
    )
  }
  const mine = typed?.key === key ? typed : undefined
  // The saved text has become what was typed: there is nothing to keep any more.
  if (mine && saved === mine.text && mine.base !== saved) setTyped(undefined)

  const settle = () => {
    const last = waiting.current
    waiting.current = undefined
    if (!last) return
    clearTimeout(last.timer)
    last.flush()
  }

  const change = (text: string) => {
    if (waiting.current) clearTimeout(waiting.current.timer)
    const base = mine?.base ?? saved ?? ''
    setTyped({ key, text, base, restored: mine?.restored ?? false })
    const flush = () => {
      if (text === base) dropDraft(key, text)
      else setKept(keepDraft(key, { text, base, at: Date.now() }))
    }
    waiting.current = { timer: setTimeout(settle, pause), flush }
  }

  const clear = () => {
    if (waiting.current) clearTimeout(waiting.current.timer)
    waiting.current = undefined
    dropDraft(key, mine?.text)
    setTyped(undefined)
    setKept(true)
  }

  useEffect(() => {
    const leave = () => {
      const last = waiting.current
      waiting.current = undefined
      if (!last) return
      clearTimeout(last.timer)
      last.flush()
    }
    const hidden = () => document.visibilityState === 'hidden' && leave()
    addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', hidden)
      leave()
    }
  }, [key])

  const nothingTyped = mine === undefined || mine.text === saved
  useEffect(() => {
    if (saved !== undefined && nothingTyped && !waiting.current) dropDraft(key, saved)
  }, [key, saved, nothingTyped])

  const text = mine?.text ?? saved ?? ''
  const dirty = mine !== undefined && mine.text !== (saved ?? '')
  return {
    text,
    change,
    clear,
    dirty,
    restored: dirty && mine.restored,
    base: mine?.base ?? saved ?? '',
    conflict: dirty && saved !== undefined && mine.base !== saved,
    kept,
  }
}
