import { useState, type RefObject } from 'react'
import { applyEdit, docOf } from './apply'
import { placeOf } from './caret'
import { suggestionsFor, triggerAt, type Sources, type Suggestion, type Trigger } from './completion'

interface Open {
  trigger: Trigger
  list: readonly Suggestion[]
  active: number
  left: number
  top: number
  height: number
}

export interface Completion {
  open: Open | undefined
  /** Looks at what stands before the caret. Call after every input and move of the caret. */
  look: () => void
  close: () => void
  choose: (at: number) => void
  /** Handles a key while the list is open; true when it was meant for the list. */
  press: (key: string) => boolean
}

/** Completes members behind `@` and tasks behind `#` or a key that has begun. */
export function useCompletion(field: RefObject<HTMLTextAreaElement | null>, sources: Sources): Completion {
  const [open, setOpen] = useState<Open>()
  // Where a list was sent away; it does not come back for the same sign.
  const [refused, setRefused] = useState(-1)

  const look = () => {
    const area = field.current
    const doc = area && docOf(area)
    const trigger = doc && doc.start === doc.end ? triggerAt(doc.text, doc.start) : undefined
    if (!area || !trigger) setRefused(-1)
    const list = trigger && trigger.from !== refused ? suggestionsFor(trigger, sources) : []
    if (!area || !trigger || list.length === 0) return setOpen(undefined)
    setOpen((before) => {
      const kept = before?.list[before.active]?.id
      const same = before?.trigger.from === trigger.from && before.trigger.query === trigger.query
      const active = same
        ? Math.max(
            0,
            list.findIndex((one) => one.id === kept),
          )
        : 0
      return { trigger, list, active, ...placeOf(area, trigger.from) }
    })
  }

  const choose = (at: number) => {
    const area = field.current
    const one = open?.list[at]
    if (!area || !open || !one) return
    const doc = docOf(area)
    // A space that stands there already is not doubled.
    const insert = doc.text[doc.start] === ' ' ? one.insert.trimEnd() : one.insert
    const end = open.trigger.from + insert.length
    setOpen(undefined)
    applyEdit(area, { from: open.trigger.from, to: doc.start, insert, start: end, end })
    setOpen(undefined)
  }

  const press = (key: string): boolean => {
    if (!open) return false
    const { active, list } = open
    const to = { ArrowDown: (active + 1) % list.length, ArrowUp: (active + list.length - 1) % list.length }[key]
    if (to !== undefined) setOpen({ ...open, active: to })
    else if (key === 'Enter' || key === 'Tab') choose(active)
    else if (key === 'Escape') {
      setRefused(open.trigger.from)
      setOpen(undefined)
    } else return false
    return true
  }

  return { open, look, close: () => setOpen(undefined), choose, press }
}
