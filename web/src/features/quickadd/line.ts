import type { Chip } from '../../quickadd'

const signs = { label: '#', assignee: '@', project: '+', status: '/', priority: '!' } as const
export type Signed = keyof typeof signs

const priorityWords = ['', 'urgent', 'high', 'medium', 'low']

/** How a property is written in a line: #finance, @"Ada Lovelace", +WEB. */
export function wordFor(kind: Signed, name: string): string {
  const bare = /^[^\s!#@+~/"(),;]*[^\s!#@+~/"(),;.:?]$/u.test(name) && !/^\d+$/.test(name)
  return signs[kind] + (bare ? name : `"${name.replaceAll('"', '')}"`)
}

export function priorityWord(priority: number): string {
  return priority > 0 ? `!${priorityWords[priority]}` : ''
}

/** How a day, perhaps with a time, is written. */
export function dayWord(when: { date: string; time?: string | null } | null): string {
  return when ? [when.date, when.time].filter(Boolean).join(' ') : ''
}

/** The line with something else in place of a piece; nothing else, and the blank beside it goes too. */
export function replaced(line: string, piece: Pick<Chip, 'from' | 'to'>, word: string): string {
  const before = line.slice(0, piece.from)
  const after = line.slice(piece.to)
  if (word !== '') return before + word + after
  return (before.trimEnd() + (/^\s/.test(after) ? after : ` ${after}`)).trimEnd()
}

export function appended(line: string, word: string): string {
  return word === '' ? line : [line.trimEnd(), word].filter(Boolean).join(' ') + ' '
}

/** The lines of a text that are tasks, without the marks of lists. */
export function linesIn(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((l) => l.replace(/^\s*(?:[-*•–]\s+|\d{1,3}[.)]\s+)?(?:\[[ xX]?\]\s+)?/u, '').trim())
    .filter(Boolean)
}
