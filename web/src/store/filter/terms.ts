import { eachWord, isDense } from './words'

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
  eachWord(text, (word) => {
    terms.forEach((t, i) => {
      if (t.prefix ? word.startsWith(t.word) : word === t.word) bits |= 1 << i
    })
    return bits !== all
  })
  return bits
}
