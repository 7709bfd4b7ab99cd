import { tasksOf } from './parse'

/**
 * The text with its box number `index` ticked or cleared. Nothing but the one character in the box is changed; the text
 * is returned as it is when there is no such box or when it already says so.
 */
export function tick(source: string, index: number, checked: boolean): string {
  const task = tasksOf(source)[index]
  if (!task || task.checked === checked) return source
  const at = offsetInSource(source, task.offset)
  if (source[at - 1] !== '[' || source[at + 1] !== ']') return source
  return source.slice(0, at) + (checked ? 'x' : ' ') + source.slice(at + 1)
}

// The reader takes CR LF for one end of a line; the source keeps both characters.
function offsetInSource(source: string, offset: number): number {
  let skipped = 0
  for (let at = source.indexOf('\r\n'); at >= 0 && at - skipped < offset; at = source.indexOf('\r\n', at + 2)) skipped++
  return offset + skipped
}
