export interface Piece {
  text: string
  /** Whether it is in both texts, in the first alone or in the second alone. */
  kind: 'same' | 'gone' | 'new'
}

const most = 1_000_000 // pairs of words that are compared; longer texts are shown as replaced

/** What changed from one text to another, by words: the heaviest common subsequence of both. */
export function differences(from: string, to: string): Piece[] {
  const a = words(from)
  const b = words(to)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end))
  return joined([
    { kind: 'same', text: a.slice(0, start).join('') },
    ...middle,
    { kind: 'same', text: a.slice(a.length - end).join('') },
  ])
}

const words = (text: string) => text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []

function between(a: string[], b: string[]): Piece[] {
  const replaced: Piece[] = [
    { kind: 'gone', text: a.join('') },
    { kind: 'new', text: b.join('') },
  ]
  if (a.length * b.length > most) return replaced
  const longest = table(a, b)
  const out: Piece[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const here = longest[i]!
    const below = longest[i + 1]
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ kind: 'same', text: a[i++]! })
      j++
    } else if (j >= b.length || (i < a.length && below![j]! >= here[j + 1]!)) out.push({ kind: 'gone', text: a[i++]! })
    else out.push({ kind: 'new', text: b[j++]! })
  }
  return out
}

/** A word that stayed says more than the space behind it. */
const weight = (word: string) => (word.trim() ? 2 + word.length : 1)

/** At [i][j], how much the best common subsequence of what begins there holds. */
function table(a: string[], b: string[]): Uint32Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      rows[i]![j] = a[i] === b[j] ? rows[i + 1]![j + 1]! + weight(a[i]!) : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!)
    }
  }
  return rows
}

function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = []
  for (const p of pieces) {
    const last = out.at(-1)
    if (last?.kind === p.kind) last.text += p.text
    else if (p.text) out.push({ ...p })
  }
  return out
}
