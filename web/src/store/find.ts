import type { Data } from './data'
import { lower } from './filter/letters'
import { beginsWith } from './filter/terms'
import { eachWord } from './filter/words'
import type { Task } from './types'

interface Found {
  task: Task
  rank: number
}

/**
 * Finds tasks by what their titles or keys begin with, while somebody types: every word of the text must be there, as the
 * beginning of a word. A key comes first, then open tasks before completed ones, then what changed last.
 */
export function find(data: Data, text: string, limit: number): Task[] {
  const exact = data.task(text.trim())
  const words: string[] = []
  eachWord(text, (w) => words.push(w) > 0)
  const plain = lower(text.trim())
  const best: Found[] = []
  if (words.length > 0) {
    for (const task of data.all('task')) {
      const byKey = plain.length > 1 && task.key.toLowerCase().startsWith(plain)
      if (task === exact || !(byKey || beginsWith(task.title, words))) continue
      keep(best, { task, rank: (task.completed_at ? 2 : 0) + (lower(task.title).startsWith(plain) ? 0 : 1) }, limit)
    }
  }
  const found = best.map((f) => f.task)
  return (exact ? [exact, ...found] : found).slice(0, limit)
}

/** Keeps the best in their order, and no more of them than are asked for. */
function keep(best: Found[], f: Found, limit: number): void {
  let at = best.length
  while (at > 0 && isBetter(f, best[at - 1]!)) at--
  if (at >= limit) return
  best.splice(at, 0, f)
  best.length = Math.min(best.length, limit)
}

function isBetter(a: Found, b: Found): boolean {
  return a.rank === b.rank ? a.task.updated_at > b.task.updated_at : a.rank < b.rank
}
