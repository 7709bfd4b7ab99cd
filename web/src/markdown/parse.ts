import MarkdownIt, { type MarkdownIt as Reader, type StateCore, type Token } from 'markdown-it'
import { targetOf } from './links'

/** A box that can be ticked: its number in the text, and where its mark stands in the source. */
export interface TaskMark {
  index: number
  checked: boolean
  offset: number
}

// Deeper than this nothing is read as quotes and lists any more; what stands there is shown as it was written.
const deepest = 24

/** The reader of GitHub-flavoured Markdown: raw HTML is text, addresses that may not be followed make no links. */
export function makeReader(): Reader {
  const reader = new MarkdownIt({ html: false, linkify: true, breaks: true, maxNesting: deepest + 8 })
  reader.linkify.set({ fuzzyLink: false, fuzzyEmail: true, fuzzyIP: false })
  reader.validateLink = (address) => targetOf(address) !== undefined
  reader.block.ruler.before('table', 'deep', (state, line, end, silent) => {
    if (state.level < deepest) return false
    if (silent) return true
    const token = state.push('code_block', 'code', 0)
    token.content = state.getLines(line, end, state.blkIndent, false)
    token.map = [line, end]
    state.line = end
    return true
  })
  reader.core.ruler.before('inline', 'tasks', markTasks)
  return reader
}

let shared: Reader | undefined

/** The blocks of a text, in the order they stand. */
export function parse(source: string): Token[] {
  shared ??= makeReader()
  return shared.parse(source, {})
}

/** Where the boxes of a text are, in the order they stand. */
export function tasksOf(source: string): TaskMark[] {
  return parse(source).flatMap((token) => taskOf(token) ?? [])
}

/** The box of a list item, kept on the token that opens the item. */
export function taskOf(token: Token): TaskMark | undefined {
  return token.type === 'list_item_open' ? (token.meta?.['task'] as TaskMark | undefined) : undefined
}

// A list item is a task when its first paragraph begins with a box and goes on after it.
const box = /^\[([ xX])\][ \t\n]+(?=\S)/

function markTasks(state: StateCore): void {
  const lines = startsOfLines(state.src)
  let index = 0
  state.tokens.forEach((item, at) => {
    const paragraph = state.tokens[at + 1]
    const inline = state.tokens[at + 2]
    if (item.type !== 'list_item_open' || paragraph?.type !== 'paragraph_open' || !inline?.map) return
    const found = box.exec(inline.content)
    if (!found) return
    const offset = offsetOfContent(state.src, lines, inline.map[0], inline.content)
    item.meta = { task: { index: index++, checked: found[1] !== ' ', offset: offset + 1 } satisfies TaskMark }
    inline.content = inline.content.slice(found[0].length)
  })
}

function startsOfLines(source: string): number[] {
  const starts = [0]
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
  starts.push(source.length + 1)
  return starts
}

// The content of a paragraph is what is left of its first line after the marks in front, up to the line's end.
function offsetOfContent(source: string, lines: number[], line: number, content: string): number {
  const from = lines[line] ?? 0
  const whole = source.slice(from, (lines[line + 1] ?? source.length + 1) - 1).trimEnd()
  const first = (content.split('\n', 1)[0] ?? '').trimEnd()
  return from + whole.length - first.length
}
