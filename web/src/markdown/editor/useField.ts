import { useLayoutEffect, useRef, type RefObject } from 'react'
import { docOf } from './apply'

export interface FieldInHand {
  field: RefObject<HTMLTextAreaElement | null>
  /** Call on every input. */
  typed: () => void
  /** What is typed is handed over; the next value from outside is taken even while one is in the field. */
  handedOver: () => void
}

/**
 * A field that is told its text from outside and yet is the typist's own. While she is in it and has typed, a value from
 * outside that is not hers is not taken; at other times it is, and the caret stays at the words where it was.
 */
export function useField(value: string, onChange: (text: string) => void): FieldInHand {
  const field = useRef<HTMLTextAreaElement>(null)
  const touched = useRef(false)

  useLayoutEffect(() => {
    const area = field.current
    if (!area || area.value === value) return
    if (touched.current && document.activeElement === area) return
    touched.current = false
    takeOver(area, value)
  }, [value])

  return {
    field,
    typed: () => {
      touched.current = true
      if (field.current) onChange(field.current.value)
    },
    handedOver: () => {
      touched.current = false
    },
  }
}

function takeOver(area: HTMLTextAreaElement, value: string): void {
  const { text, start, end } = docOf(area)
  const most = Math.min(text.length, value.length)
  let head = 0
  while (head < most && text[head] === value[head]) head++
  let tail = 0
  while (tail < most - head && text[text.length - 1 - tail] === value[value.length - 1 - tail]) tail++
  const moved = (at: number) => {
    if (at <= head) return at
    if (at >= text.length - tail) return at + value.length - text.length
    return Math.min(at, value.length - tail)
  }
  const { scrollTop } = area
  area.value = value
  area.setSelectionRange(moved(start), moved(end))
  area.scrollTop = scrollTop
}
