import { isASCII } from './letters'
import { eachWord, isDense, longest } from './words'

/** A word that a text must have, or with prefix the beginning of one. */
export interface Term {
  word: string
  prefix: boolean
}

const most = 16

/** Reads what somebody has typed: every word must be found, the last one may still be going on. */
export function termsOf(text: string): Term[] {
  let out: Term[] = []
  let end = 0
  eachWord(text, (word, from, to) => {
    const overlaps = from < end // the end of a run without spaces, which the pair before holds
    end = to
    if (overlaps && isAlone(word)) return true
    out.push({ word, prefix: isAlone(word) })
    return out.length < most + 1
  })
  const last = out.at(-1)
  if (out.length > most) out = out.slice(0, most)
  else if (last && !isDense(first(last.word))) last.prefix = true
  return out.filter((a, i) => {
    const said = out.slice(0, i).some((b) => a.word === b.word && a.prefix === b.prefix)
    return !said && !(a.prefix && out.some((b) => !b.prefix && b.word.startsWith(a.word)))
  })
}

const first = (word: string) => String.fromCodePoint(word.codePointAt(0) ?? 0)

/** Whether a word of a script without spaces is one character. */
function isAlone(word: string): boolean {
  const [one, ...rest] = word
  return one !== undefined && isDense(one) && !rest.some(isDense)
}

/** A bit for each term that a text has. */
export function foundIn(text: string, terms: readonly Term[]): number {
  const all = (1 << terms.length) - 1
  let bits = 0
  if (isASCII(text)) {
    const small = text.toLowerCase()
    terms.forEach((t, i) => {
      if (isWordOf(small, t.word, t.prefix)) bits |= 1 << i
    })
    return bits
  }
  eachWord(text, (word) => {
    terms.forEach((t, i) => {
      if (t.prefix ? word.startsWith(t.word) : word === t.word) bits |= 1 << i
    })
    return bits !== all
  })
  return bits
}

/** Whether all of the words begin a word of the text. */
export function beginsWith(text: string, words: readonly string[]): boolean {
  if (isASCII(text)) {
    const small = text.toLowerCase()
    return words.every((w) => isWordOf(small, w, true))
  }
  const missing = new Set(words)
  eachWord(text, (word) => {
    for (const m of missing) if (word.startsWith(m)) missing.delete(m)
    return missing.size > 0
  })
  return missing.size === 0
}

/** Whether a text of small letters of ASCII has a word, or one that begins with it: without taking all of it apart. */
function isWordOf(text: string, word: string, prefix: boolean): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length
    const isWhole = prefix || end === text.length || word.length >= longest || !isWordy(text.charCodeAt(end))
    if (isWhole && (at === 0 || !isWordy(text.charCodeAt(at - 1)))) return true
  }
  return false
}

function isWordy(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 48 && c <= 57)
}
