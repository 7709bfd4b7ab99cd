import type { Doc, Edit } from './edits'

export type LineKind = 'bullets' | 'numbers' | 'tasks' | 'quote' | 'heading'

const lead = /^([ \t]*(?:>[ \t]?)*[ \t]*)((?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?/
const marks: Record<LineKind, { has: RegExp; strip: RegExp; put: (number: number) => string }> = {
  bullets: { has: /^\s*[-*+]\s(?!\[[ xX]\]\s)/, strip: /^[-*+]\s+/, put: () => '- ' },
  tasks: {
    has: /^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s/,
    strip: /^(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s+/,
    put: () => '- [ ] ',
  },
  numbers: { has: /^\s*\d+[.)]\s(?!\[[ xX]\]\s)/, strip: /^\d+[.)]\s+/, put: (number) => `${number}. ` },
  quote: { has: /^\s*>/, strip: /^>\s?/, put: () => '> ' },
  heading: { has: /^#{1,6}\s/, strip: /^#{1,6}\s+/, put: () => '## ' },
}
const anyLead = /^(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)/

/** Makes the selected lines a list, a quote or a heading; lines that are one already become plain again. */
export function toggleLines(doc: Doc, kind: LineKind): Edit {
  const { from, to, lines } = linesOf(doc)
  const { has, strip, put } = marks[kind]
  const meant = lines.filter((line) => line.trim() !== '')
  const off = meant.length > 0 && meant.every((line) => has.test(line))
  let number = 1
  const changed = lines.map((line) => {
    if (line.trim() === '' && lines.length > 1) return line
    const [, indent = '', words = ''] = /^(\s*)(.*)$/s.exec(line) ?? []
    if (off) return indent + words.replace(strip, '')
    if (kind === 'quote') return put(0) + line
    if (kind === 'heading') return put(0) + words.replace(/^#{1,6}\s+/, '')
    return indent + put(number++) + words.replace(anyLead, '')
  })
  return replaced(doc, from, to, lines, changed)
}

/** Moves the selected lines of a list in or out; undefined where no list is. */
export function indentLines(doc: Doc, out: boolean): Edit | undefined {
  const { from, to, lines } = linesOf(doc)
  if (!lines.some((line) => anyLead.test(line.trimStart()))) return undefined
  const step = /^\s*\d/.test(lines[0] ?? '') ? 3 : 2
  const changed = lines.map((line) => {
    if (line.trim() === '') return line
    return out ? line.replace(new RegExp(`^(\\t| {1,${step}})`), '') : ' '.repeat(step) + line
  })
  return replaced(doc, from, to, lines, changed)
}

/**
 * What Enter does within a list or a quote: the next line goes on as this one began, and an empty item ends the list.
 * Undefined where Enter is a plain one.
 */
export function continueLine(doc: Doc): Edit | undefined {
  if (doc.start !== doc.end) return undefined
  const from = doc.text.lastIndexOf('\n', doc.start - 1) + 1
  const line = doc.text.slice(from, endOfLine(doc.text, doc.start))
  const [all = '', before = '', mark = ''] = lead.exec(line) ?? []
  if (mark === '' && !before.includes('>')) return undefined
  if (doc.start < from + all.length || inFence(doc.text, from)) return undefined
  if (line.slice(all.length).trim() === '') {
    const kept = mark === '' ? '' : outOnce(before, mark)
    return { from, to: from + line.length, insert: kept, start: from + kept.length, end: from + kept.length }
  }
  const insert = '\n' + before + nextMark(mark)
  return { from: doc.start, to: doc.start, insert, start: doc.start + insert.length, end: doc.start + insert.length }
}

// An empty item of a list within a list goes out by one step; one that cannot go out further leaves the list.
function outOnce(before: string, mark: string): string {
  if (before.includes('>')) return before.replace(/[ \t]+$/, ' ')
  return before === '' ? '' : before.replace(/(\t| {1,3})$/, '') + mark
}

function nextMark(mark: string): string {
  return mark.replace(/\d+/, (number) => String(Number(number) + 1)).replace(/\[[xX]\]/, '[ ]')
}

function inFence(text: string, until: number): boolean {
  let fence = ''
  for (const line of text.slice(0, until).split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (!mark) continue
    if (fence === '') fence = mark
    else if (mark[0] === fence[0] && mark.length >= fence.length) fence = ''
  }
  return fence !== ''
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function linesOf({ text, start, end }: Doc): { from: number; to: number; lines: string[] } {
  const from = text.lastIndexOf('\n', start - 1) + 1
  // A selection that ends at the beginning of a line does not mean that line.
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end
  const to = endOfLine(text, last)
  return { from, to, lines: text.slice(from, to).split('\n') }
}

function replaced(doc: Doc, from: number, to: number, before: string[], after: string[]): Edit {
  const insert = after.join('\n')
  if (doc.start !== doc.end) return { from, to, insert, start: from, end: from + insert.length }
  const grown = (after[0]?.length ?? 0) - (before[0]?.length ?? 0)
  const at = Math.max(from, doc.start + grown)
  return { from, to, insert, start: at, end: at }
}
