import type { Comment } from '../../../store'
import type { Line } from './useActivity'

export interface Told {
  kind: 'line'
  seq: number
  at: string
  actor: Line['actor']
  /** What was done, a sentence each without who did it. */
  words: string[]
}
export type Entry = Told | { kind: 'comment'; at: string; comment: Comment }

const together = 10 * 60_000 // what one does within so many milliseconds is told at once

/** Comments and changes by time, the oldest first. What somebody did at one go is one line. */
export function storyOf(comments: readonly Comment[], lines: readonly Line[], say: (line: Line) => string[]): Entry[] {
  const told = lines.flatMap((line): Told[] => {
    const words = say(line)
    return words.length > 0 ? [{ kind: 'line', seq: line.seq, at: line.at, actor: line.actor, words }] : []
  })
  const said = comments.map((comment): Entry => ({ kind: 'comment', at: comment.created_at, comment }))
  const all = [...told, ...said].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : seqOf(a) - seqOf(b)))
  return all.reduce<Entry[]>((out, entry) => {
    const last = out.at(-1)
    if (entry.kind === 'line' && last?.kind === 'line' && follows(last, entry))
      out[out.length - 1] = { ...entry, words: [...new Set([...last.words, ...entry.words])] }
    else out.push(entry)
    return out
  }, [])
}

function follows(last: Told, next: Told): boolean {
  return last.actor.id === next.actor.id && Date.parse(next.at) - Date.parse(last.at) < together
}

const seqOf = (entry: Entry) => (entry.kind === 'line' ? entry.seq : 0)
