/** What is found, and by which words beside its name. */
export interface Rankable {
  name: string
  /** Such as a project's key. */
  keywords?: string
}

/** How well something fits what was typed, the best first. What fits in none of these ways is not found. */
export const fits = {
  equal: 5,
  begins: 4,
  words: 3, // each word typed begins one of its words
  within: 2,
  short: 1, // "nepr" for "New project": beginnings of its words, in their order
} as const

/** The fit, 0 for none. Letters are compared without case and marks. */
export function fitOf({ name, keywords = '' }: Rankable, typed: string): number {
  const text = plain(typed)
  if (!text) return 0
  const whole = plain(name)
  const words = wordsOf(`${name} ${keywords}`)
  if (whole === text || plain(keywords) === text) return fits.equal
  if (whole.startsWith(text)) return fits.begins
  if (wordsOf(typed).every((w) => words.some((other) => other.startsWith(w)))) return fits.words
  if (text.length > 1 && whole.includes(text)) return fits.within
  return isShort(wordsOf(name), text.replace(/\s+/g, '')) ? fits.short : 0
}

/** Those that fit, the best first; of equal ones those that were looked at last, then in the order they came in. */
export function ranked<T extends Rankable & { id: string }>(items: readonly T[], typed: string, recent: readonly string[] = []): { item: T; fit: number }[] {
  const ages = new Map(recent.map((id, i) => [id, i]))
  const ageOf = (item: T) => ages.get(item.id) ?? recent.length
  return items
    .map((item) => ({ item, fit: fitOf(item, typed) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || ageOf(a.item) - ageOf(b.item))
}

export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/\s+/g, ' ')
}

function wordsOf(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

/** Whether the letters are beginnings of the words, in their order; words may be left out. */
function isShort(words: readonly string[], letters: string): boolean {
  if (letters === '') return true
  return words.some((word, i) => {
    for (let n = shared(word, letters); n > 0; n--) if (isShort(words.slice(i + 1), letters.slice(n))) return true
    return false
  })
}

function shared(a: string, b: string): number {
  let n = 0
  while (n < a.length && a[n] === b[n]) n++
  return n
}
