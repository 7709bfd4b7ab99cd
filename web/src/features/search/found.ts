import type { components } from '../../api/schema'
import type { Task } from '../../store'
import { eachWord } from '../../store/filter/words'

type SearchItem = components['schemas']['SearchItem']
export type Excerpt = NonNullable<SearchItem['excerpt']>

/** Something that was found, here or by the server. */
export interface Hit {
  id: string
  task: Task
  titleRanges: readonly (readonly number[])[]
  excerpt: Excerpt | null
  comment: SearchItem['comment']
}

export function hitOf(item: SearchItem): Hit {
  return {
    id: item.comment?.id ?? item.task.id,
    task: item.task as unknown as Task,
    titleRanges: item.title_ranges,
    excerpt: item.excerpt,
    comment: item.comment,
  }
}

/** A task that was found here; of what it was found by, the words of the title are known. */
export function localHit(task: Task, text: string): Hit {
  return { id: task.id, task, titleRanges: rangesOf(task.title, text), excerpt: null, comment: null }
}

/** Where the words of a title stand that begin with one of the words looked for. */
export function rangesOf(title: string, text: string): number[][] {
  const words: string[] = []
  eachWord(text, (w) => words.push(w) > 0)
  const out: number[][] = []
  eachWord(title, (word, from, to) => {
    if (words.some((w) => word.startsWith(w)) && from >= (out.at(-1)?.[1] ?? 0)) out.push([from, to])
    return true
  })
  return out
}
