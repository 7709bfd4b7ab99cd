/** What stands in the field, and what of it is selected. */
export interface Doc {
  text: string
  start: number
  end: number
}

/** One change: what is put in place of `from` to `to`, and what is selected afterwards. */
export interface Edit {
  from: number
  to: number
  insert: string
  start: number
  end: number
}

/** The text after an edit. */
export function applied({ text }: Doc, edit: Edit): Doc {
  return { text: text.slice(0, edit.from) + edit.insert + text.slice(edit.to), start: edit.start, end: edit.end }
}

/** Puts marks around what is selected, or takes them away where they are. */
export function toggleMarks({ text, start, end }: Doc, mark: string): Edit {
  const size = mark.length
  const inner = text.slice(start, end)
  if (isMarked(text.slice(0, start), text.slice(end), mark))
    return { from: start - size, to: end + size, insert: inner, start: start - size, end: end - size }
  if (inner.length >= 2 * size && isMarked(inner.slice(0, size), inner.slice(-size), mark)) {
    const bare = inner.slice(size, -size)
    return { from: start, to: end, insert: bare, start, end: start + bare.length }
  }
  // Marks hold only where they touch the words.
  const lead = inner.trim() === '' ? 0 : inner.length - inner.trimStart().length
  const tail = inner.trim() === '' ? 0 : inner.length - inner.trimEnd().length
  const words = inner.slice(lead, inner.length - tail)
  const from = start + lead
  return { from, to: end - tail, insert: mark + words + mark, start: from + size, end: from + size + words.length }
}

// One star is not half of two.
function isMarked(before: string, after: string, mark: string): boolean {
  const char = mark[0]
  let left = 0
  while (left < before.length && before[before.length - 1 - left] === char) left++
  let right = 0
  while (right < after.length && after[right] === char) right++
  const least = Math.min(left, right)
  return mark === '*' ? least === 1 || least === 3 : least >= mark.length
}

const address = /^(https?:\/\/|mailto:)\S+$/i

/** Makes a link of what is selected and selects what is to be typed next: the address, or the words. */
export function makeLink({ text, start, end }: Doc): Edit {
  const inner = text.slice(start, end)
  if (address.test(inner)) return { from: start, to: end, insert: `[](${inner})`, start: start + 1, end: start + 1 }
  const at = start + inner.length + 3
  return { from: start, to: end, insert: `[${inner}](https://)`, start: at, end: at + 'https://'.length }
}

/** An address pasted over words makes them a link; undefined where it is an ordinary paste. */
export function pasteOver({ text, start, end }: Doc, pasted: string): Edit | undefined {
  const inner = text.slice(start, end)
  const href = pasted.trim()
  if (inner.trim() === '' || inner.includes('\n') || address.test(inner) || !address.test(href)) return undefined
  const insert = `[${inner}](${/[()<>]/.test(href) ? `<${href.replace(/[<>]/g, encodeURIComponent)}>` : href})`
  return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length }
}

/** Puts what is selected between two fences that no line of it can end. */
export function codeBlock({ text, start, end }: Doc): Edit {
  const inner = text.slice(start, end)
  const longest = Math.max(2, ...[...inner.matchAll(/`+/g)].map((run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  const before = start > 0 && text[start - 1] !== '\n' ? '\n' : ''
  const after = end < text.length && text[end] !== '\n' ? '\n' : ''
  const at = start + before.length + fence.length + 1
  return {
    from: start,
    to: end,
    insert: `${before}${fence}\n${inner}\n${fence}${after}`,
    start: at,
    end: at + inner.length,
  }
}

/** Puts words in place of what is selected. */
export function replaceSelection({ start, end }: Doc, insert: string): Edit {
  return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length }
}
