import type { Data } from './data'
import { lower } from './filter/letters'
import { eachWord } from './filter/words'
import type { Task } from './types'

/**
 * Finds tasks by what their titles or keys begin with, while somebody types: every word of the text must be there, as the
 * beginning of a word. A key comes first, then open tasks before completed ones, then what changed last.
 */
export function find(data: Data, text: string, limit: number): Task[] {
  const exact = data.task(text.trim())
  const wanted = wordsOf(text)
  if (wanted.length === 0) return exact ? [exact] : []
  const plain = lower(text.trim())
  const found: Task[] = []
  for (const t of data.all('task')) {
    if (t !== exact && (isKey(t, plain) || has(t, wanted))) found.push(t)
  }
  found.sort((a, b) => rank(a, plain) - rank(b, plain) || (a.updated_at < b.updated_at ? 1 : -1))
  return (exact ? [exact, ...found] : found).slice(0, limit)
}

function wordsOf(text: string): string[] {
  const out: string[] = []
  eachWord(text, (w) => out.push(w) > 0)
  return out
}

function isKey(t: Task, text: string): boolean {
  return text.length > 1 && t.key.toLowerCase().startsWith(text)
}

function has(t: Task, wanted: readonly string[]): boolean {
  const missing = new Set(wanted)
  eachWord(t.title, (w) => {
    for (const m of missing) if (w.startsWith(m)) missing.delete(m)
    return missing.size > 0
  })
  return missing.size === 0
}

function rank(t: Task, text: string): number {
  return (t.completed_at ? 4 : 0) + (lower(t.title).startsWith(text) ? 0 : 1)
}
