// Texts are searched by their words, as the server searches them: a word is a run of letters and digits with neither
// case nor accents. Scripts that put no space between words give each pair of neighbors, and the last character alone.

import { isASCII } from './letters'

export const longest = 96 // bytes of a word that count

/** Gets a word and where in the text it stands, in no particular unit; false ends it. */
export type Yield = (word: string, from: number, to: number) => boolean

export function eachWord(text: string, give: Yield): void {
  if (isASCII(text)) {
    for (const m of text.matchAll(/[a-z0-9]+/gi)) {
      if (!give(m[0].slice(0, longest).toLowerCase(), m.index, m.index + m[0].length)) return
    }
    return
  }
  const words = new Words(give)
  let at = 0
  for (const c of text) {
    if (words.done) return
    const marks = isNonStarter(c)
    for (const [i, r] of Array.from(c.normalize('NFKD')).entries()) words.take(r, at, at + c.length, !marks && i === 0)
    at += c.length
  }
  words.end()
}

class Words {
  done = false
  private word = ''
  private bytes = 0
  private from = 0
  private to = 0
  // in a run without spaces: where its last character begins, in the word and in the text
  private dense = false
  private last = 0
  private lastFrom = 0
  private characters = 0

  constructor(private readonly give: Yield) {}

  take(r: string, from: number, to: number, first: boolean): void {
    if (r === '\u0306' && this.word.endsWith('и')) {
      this.word = this.word.slice(0, -1) + 'й' // a letter of its own
      this.to = to
    } else if (isAccent(r)) {
      if (this.word && !first) this.to = to
    } else if (isDense(r) || (this.dense && mark.test(r))) this.character(r, from, to, first)
    else if (letter.test(r)) this.letter(r, from, to)
    else this.end()
  }

  private letter(r: string, from: number, to: number): void {
    if (this.dense) this.end()
    if (!this.word) {
      if (mark.test(r)) return // on nothing
      this.from = from
    }
    this.to = to
    if (this.bytes >= longest) return
    const folded = fold(r)
    this.word += folded
    this.bytes += bytesOf(folded)
  }

  /** Takes the next character of a run without spaces, or a mark that belongs to the last one. */
  private character(r: string, from: number, to: number, first: boolean): void {
    if (!this.dense) this.end()
    if (this.done) return
    if (!first && this.dense && mark.test(r)) {
      this.word += r
      this.to = to
      return
    }
    this.dense = true
    if (++this.characters > 2) {
      this.yield(this.from) // the pair is complete: the next one begins with its second character
      this.word = this.word.slice(this.last)
      this.from = this.lastFrom
      this.characters = 2
    } else if (this.characters === 1) this.from = from
    this.last = this.word.length
    this.lastFrom = from
    this.to = to
    this.word += fold(r)
  }

  private yield(from: number): void {
    if (!this.done && !this.give(this.word, from, this.to)) this.done = true
  }

  end(): void {
    if (this.word) {
      this.yield(this.from)
      if (this.dense && this.characters === 2) {
        this.word = this.word.slice(this.last)
        this.yield(this.lastFrom)
      }
    }
    this.word = ''
    this.bytes = this.characters = this.last = 0
    this.dense = false
  }
}

const letter = /[\p{L}\p{N}\p{M}]/u
const mark = /\p{M}/u
const noSpaces =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}ー]/u

/** Whether a character is of a script that puts no space between words. */
export function isDense(c: string): boolean {
  return c >= '\u0e00' && noSpaces.test(c) && letter.test(c)
}

// Latin, Greek and Cyrillic marks, Hebrew points, Arabic vowels: how a letter sounds, and not which one it is.
const accent =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/u

function isAccent(c: string): boolean {
  return c >= '\u0300' && accent.test(c) && mark.test(c)
}

const folded: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  ʼ: '',
  ˈ: '',
}

function fold(c: string): string {
  const small = c === 'İ' ? 'i' : c.toLowerCase()
  return folded[small] ?? small
}

function bytesOf(s: string): number {
  let n = 0
  for (const c of s) n += c < '\u0080' ? 1 : c < '\u0800' ? 2 : c.length === 2 ? 4 : 3
  return n
}

const nonStarters = new Map<string, boolean>()

/** Whether a character belongs to the one before it: its canonical combining class is not 0, so others change places with it. */
function isNonStarter(c: string): boolean {
  if (!mark.test(c)) return false
  let is = nonStarters.get(c)
  if (is === undefined) {
    is = !('\u0345' + c).normalize('NFD').startsWith('\u0345') || (c + '\u0334').normalize('NFD').startsWith('\u0334')
    nonStarters.set(c, is)
  }
  return is
}
