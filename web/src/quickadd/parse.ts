import { repeatsIn } from './recurrence'
import { datesIn, type Reading } from './when'

interface Named {
  id: string
  name: string
}
/** What is known where a line is read. */
export interface Known extends Reading {
  me: string
  members: readonly Named[]
  labels: readonly Named[]
  projects: readonly (Named & { key: string })[]
  /** Of the project that the task goes to. */
  statuses?: readonly Named[]
  /** What that project estimates in; what is said in another unit stays text. */
  estimates?: 'minutes' | 'points'
}

interface When {
  date: string
  time: string | null
  time_zone: string | null
}
type Value =
  | { kind: 'due'; value: When }
  | { kind: 'recurrence'; value: { rrule: string; first: string; time: string | null } }
  | { kind: 'priority'; value: number }
  | { kind: 'label'; value: string }
  | { kind: 'assignee'; value: string }
  | { kind: 'project'; value: string }
  | { kind: 'status'; value: string }
  | { kind: 'estimate'; value: { amount: number; unit: 'minutes' | 'points' } }

/** A piece of the line that was read as a property. from and to are UTF-16 offsets; text is what stands there. */
export type Chip = Value & { from: number; to: number; text: string }

export interface Parsed {
  /** The line without its chips. */
  title: string
  chips: readonly Chip[]
}

/**
 * Reads one line such as "Send report tomorrow 5pm !high #finance @ada +WEB". What somebody does not want read so is named
 * in refused by its text, and stays in the title. Nothing that was typed is lost: it is in the title or in a chip.
 */
export function parse(line: string, known: Known, refused: ReadonlySet<string> = new Set()): Parsed {
  const guarded = quoted(line)
  const chips: Chip[] = []
  const take = (from: number, to: number, value: Value): void => {
    const text = line.slice(from, to)
    const taken = chips.some((c) => c.from < to && from < c.to)
    if (refused.has(text)) guarded.push({ from, to }) // nor is a part of it read
    const again = single.has(value.kind) && chips.some((c) => c.kind === value.kind)
    const same = chips.some((c) => c.kind === value.kind && JSON.stringify(c.value) === JSON.stringify(value.value))
    if (taken || again || same || guarded.some((g) => g.from < to && from < g.to)) return
    chips.push({ ...value, from, to, text } as Chip)
  }
  for (const m of line.matchAll(/(?<![^\s(])([!#@+~/])("[^"]+"|[^\s!#@+~"(),;]+)/gu)) {
    const word = m[2]!.replace(/^"|"$/g, '').replace(/[.:!?]+$/u, '')
    const trailing = m[2]!.startsWith('"') ? 0 : m[2]!.length - word.length
    const value = valueOf(m[1]!, word, known)
    if (value) take(m.index, m.index + m[0].length - trailing, value)
  }
  const repeats = repeatsIn(line, known)
  if (repeats)
    take(repeats.from, repeats.to, {
      kind: 'recurrence',
      value: { rrule: repeats.rrule, first: repeats.first, time: repeats.time },
    })
  const rule = chips.find((c) => c.kind === 'recurrence')
  for (const f of datesIn(line, known)) {
    // A time alone is that of the first day of what repeats.
    const date = f.timeOnly && rule?.kind === 'recurrence' ? rule.value.first : f.when.date
    take(f.from, f.to, { kind: 'due', value: { ...f.when, date } })
  }
  chips.sort((a, b) => a.from - b.from)
  return { title: without(line, chips), chips }
}

const single = new Set<Value['kind']>(['due', 'recurrence', 'priority', 'project', 'status', 'estimate'])

const priorities: Record<string, number> = {
  1: 1,
  2: 2,
  3: 3,
  4: 4,
  urgent: 1,
  high: 2,
  medium: 3,
  low: 4,
  dringend: 1,
  hoch: 2,
  mittel: 3,
  niedrig: 4,
}

function valueOf(sign: string, word: string, known: Known): Value | undefined {
  const fold = folded(word)
  switch (sign) {
    case '!': {
      const p = priorities[fold]
      return p === undefined ? undefined : { kind: 'priority', value: p }
    }
    case '#':
      return /^\d+$/.test(word) ? undefined : named(known.labels, fold, (id) => ({ kind: 'label', value: id }))
    case '@':
      if (fold === 'me' || fold === 'mich') return { kind: 'assignee', value: known.me }
      return named(known.members, fold, (id) => ({ kind: 'assignee', value: id }))
    case '+': {
      const byKey = known.projects.find((p) => folded(p.key) === fold)
      return byKey
        ? { kind: 'project', value: byKey.id }
        : named(known.projects, fold, (id) => ({ kind: 'project', value: id }))
    }
    case '/':
      return named(known.statuses ?? [], fold, (id) => ({ kind: 'status', value: id }))
    default: {
      const m = /^(\d{1,4}(?:[.,]\d{1,2})?)(h|m|min|p|pt)$/i.exec(word)
      if (!m) return undefined
      const amount = Number(m[1]!.replace(',', '.'))
      const unit = m[2]!.toLowerCase()
      if (known.estimates && known.estimates !== (unit.startsWith('p') ? 'points' : 'minutes')) return undefined
      return unit.startsWith('p')
        ? { kind: 'estimate', value: { amount, unit: 'points' } }
        : { kind: 'estimate', value: { amount: unit === 'h' ? amount * 60 : amount, unit: 'minutes' } }
    }
  }
}

/** The one whose name this is; or whose first name or beginning it is, if that is nobody else's. */
function named(all: readonly Named[], fold: string, make: (id: string) => Value): Value | undefined {
  const squeezed = (name: string) => folded(name).replace(/[\s_-]+/g, '')
  const wanted = fold.replace(/[\s_-]+/g, '')
  const exact = all.find((n) => squeezed(n.name) === wanted)
  if (exact) return make(exact.id)
  const first = all.filter((n) => folded(n.name).split(/\s+/)[0] === fold)
  if (first.length === 1) return make(first[0]!.id)
  if (first.length > 1 || wanted.length < 2) return undefined
  const begun = all.filter((n) => squeezed(n.name).startsWith(wanted))
  return begun.length === 1 ? make(begun[0]!.id) : undefined
}

/** Without case and accents. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** Where nothing is read: quotes, code and addresses. A quote right after a sign is part of a name. */
function quoted(line: string): { from: number; to: number }[] {
  const parts = [/(?<![#@+/])"[^"]*"/gu, /`[^`]*`/gu, /\b[a-z][a-z0-9+.-]*:\/\/\S+/giu, /\S+@\S+\.\S+/gu]
  return parts.flatMap((p) => [...line.matchAll(p)].map((m) => ({ from: m.index, to: m.index + m[0].length })))
}

function without(line: string, chips: readonly Chip[]): string {
  let title = ''
  let at = 0
  for (const c of chips) {
    title += line.slice(at, c.from)
    at = c.to
  }
  return (title + line.slice(at))
    .replace(/\s+/gu, ' ')
    .replace(/ ([,.;:])(?=\s|$)/gu, '$1')
    .trim()
}
