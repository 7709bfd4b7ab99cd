// Letters as the server compares them.

const ascii = /^[\u0000-\u007f]*$/

export function isASCII(s: string): boolean {
  return ascii.test(s)
}

/** Lower case, letter by letter: no letter depends on those around it. */
export function lower(s: string): string {
  if (isASCII(s)) return s.toLowerCase()
  let out = ''
  for (const c of s) out += c === 'İ' ? 'i' : c.toLowerCase()
  return out
}

/** Compares texts by their code points, as databases compare bytes of UTF-8. */
export function byCodePoints(a: string, b: string): number {
  const n = Math.min(a.length, b.length)
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** Halves of surrogate pairs stand behind everything that needs no pair. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

const keyBytes = 64
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** What titles sort by: lower case, without blanks around it, cut to a small key. */
export function titleKey(title: string): string {
  const key = lower(title.trim())
  if (key.length <= keyBytes / 4 || (key.length <= keyBytes && isASCII(key))) return key
  const bytes = encoder.encode(key)
  if (bytes.length <= keyBytes) return key
  let end = keyBytes
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return decoder.decode(bytes.subarray(0, end))
}
