import { useRef, useState, type RefObject } from 'react'
import { applyEdit, applyElsewhere, docOf } from './apply'
import { whenComposed } from './composing'
import { replaceSelection } from './edits'

export type Upload = (
  file: File,
  onProgress: (part: number) => void,
  signal: AbortSignal,
) => Promise<{ id: string; name: string }>

/** A file on its way, or one that did not arrive. */
export interface Sending {
  number: number
  file: File
  /** From 0 to 1. */
  progress: number
  failed: boolean
}

export interface Uploads {
  list: readonly Sending[]
  /** Puts places for the files into the text and sends them. */
  send: (files: readonly File[]) => void
  cancel: (number: number) => void
  again: (number: number) => void
}

// Places are told apart in all fields of a page, and from those of an earlier one.
let lastNumber = Date.now()

/** Sends files that are dropped or pasted into a field; each has a place in the text until it has arrived. */
export function useUploads(
  field: RefObject<HTMLTextAreaElement | null>,
  upload: Upload | undefined,
  held: (name: string) => string,
): Uploads {
  const [list, setList] = useState<readonly Sending[]>([])
  const going = useRef(new Map<number, AbortController>())

  const patch = (number: number, change: Partial<Sending>) =>
    setList((before) => before.map((one) => (one.number === number ? { ...one, ...change } : one)))
  const remove = (number: number) => setList((before) => before.filter((one) => one.number !== number))

  const fill = (number: number, insert: string) => {
    whenComposed(field.current, (area) => {
      const place = placeOf(area.value, number)
      if (place) applyElsewhere(area, place.from, place.to, insert)
    })
  }

  const start = (one: Sending) => {
    if (!upload) return
    const stop = new AbortController()
    going.current.set(one.number, stop)
    upload(one.file, (progress) => patch(one.number, { progress }), stop.signal).then(
      ({ id, name }) => {
        if (!going.current.delete(one.number)) return
        fill(one.number, wordsFor(one.file, id, name))
        remove(one.number)
      },
      () => {
        if (!going.current.delete(one.number)) return
        fill(one.number, '')
        patch(one.number, { failed: true })
      },
    )
  }

  const send = (files: readonly File[]) => {
    const area = field.current
    if (!area || !upload || files.length === 0) return
    const added = files.map((file): Sending => ({ number: ++lastNumber, file, progress: 0, failed: false }))
    const doc = docOf(area)
    const places = added.map((one) => heldPlace(one, held)).join('\n')
    // A cry before a file would make a picture of it.
    const apart = doc.text[doc.start - 1] === '!' ? ' ' : ''
    applyEdit(area, replaceSelection(doc, apart + places))
    setList((before) => [...before, ...added])
    added.forEach(start)
  }

  const cancel = (number: number) => {
    going.current.get(number)?.abort()
    if (going.current.delete(number)) fill(number, '')
    remove(number)
  }

  const again = (number: number) => {
    const one = list.find((each) => each.number === number)
    remove(number)
    if (one) send([one.file])
  }

  return { list, send, cancel, again }
}

function isPicture(file: File): boolean {
  return /^image\/(png|jpe?g|gif|webp|avif|bmp)$/.test(file.type)
}

function named(name: string): string {
  return name.replace(/[\r\n]+/g, ' ').replace(/[\\[\]`*_<&~]/g, '\\$&')
}

function wordsFor(file: File, id: string, name: string): string {
  return `${isPicture(file) ? '!' : ''}[${named(name)}](rung:file/${id})`
}

function heldPlace({ file, number }: Sending, held: (name: string) => string): string {
  return `${isPicture(file) ? '!' : ''}[${named(held(file.name))}](rung:upload/${number})`
}

// The place is found by its number, wherever it was moved to and however it is named by now.
function placeOf(text: string, number: number): { from: number; to: number } | undefined {
  const found = new RegExp(`!?\\[(?:[^\\[\\]\\\\\\n]|\\\\.)*\\]\\(rung:upload/${number}\\)`).exec(text)
  return found ? { from: found.index, to: found.index + found[0].length } : undefined
}
