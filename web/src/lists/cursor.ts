import type { Line } from './sections'

/** Where the keyboard is in a list, and what is selected. Lines are named by their ids. */
export interface Cursor {
  /** The line that the keyboard is on. */
  at: string | undefined
  /** Where a selection that is being extended began. */
  from: string | undefined
  selected: ReadonlySet<string>
}

export const nowhere: Cursor = { at: undefined, from: undefined, selected: new Set() }

export type Step = 1 | -1 | 'first' | 'last' | 'page down' | 'page up'

const page = 10

/** Moves the cursor over the tasks; extending selects all from where it began. */
export function moved(cursor: Cursor, lines: readonly Line[], step: Step, extend = false): Cursor {
  const ids = taskLines(lines)
  if (ids.length === 0) return nowhere
  const now = cursor.at === undefined ? -1 : ids.indexOf(cursor.at)
  const wanted =
    step === 'first'
      ? 0
      : step === 'last'
        ? ids.length - 1
        : step === 'page down'
          ? now + page
          : step === 'page up'
            ? now - page
            : now < 0 && step < 0
              ? ids.length - 1
              : now + step
  const at = ids[Math.min(Math.max(wanted, 0), ids.length - 1)]
  if (!extend) return { ...cursor, at, from: undefined }
  return extendedTo({ ...cursor, from: cursor.from ?? cursor.at ?? at }, lines, at)
}

/** Selects everything between where the selection began, or the cursor is, and a line. */
export function extendedTo(cursor: Cursor, lines: readonly Line[], to: string | undefined): Cursor {
  const ids = taskLines(lines)
  const from = cursor.from ?? cursor.at ?? to
  const [a, b] = [ids.indexOf(from ?? ''), ids.indexOf(to ?? '')].sort((x, y) => x - y)
  const selected = a === undefined || b === undefined || a < 0 ? new Set<string>() : new Set(ids.slice(a, b + 1))
  return { at: to, from, selected }
}

/** Selects a line, or no longer. */
export function toggled(cursor: Cursor, line: string): Cursor {
  const selected = new Set(cursor.selected)
  if (!selected.delete(line)) selected.add(line)
  return { at: line, from: line, selected }
}

export function everything(cursor: Cursor, lines: readonly Line[]): Cursor {
  return { ...cursor, selected: new Set(taskLines(lines)) }
}

/** After the list has changed: what is gone is not selected, and the cursor stays near where it was. */
export function kept(cursor: Cursor, before: readonly Line[], now: readonly Line[]): Cursor {
  if (cursor.at === undefined && cursor.selected.size === 0) return cursor
  const ids = new Set(taskLines(now))
  const selected = new Set([...cursor.selected].filter((id) => ids.has(id)))
  if (cursor.at === undefined || ids.has(cursor.at))
    return selected.size === cursor.selected.size ? cursor : { ...cursor, selected }
  const task = cursor.at.slice(cursor.at.lastIndexOf('/'))
  const elsewhere = [...ids].find((id) => id.endsWith(task)) // it went into another section
  const old = taskLines(before)
  const place = old.indexOf(cursor.at)
  const beside =
    old.slice(place + 1).find((id) => ids.has(id)) ??
    old
      .slice(0, place)
      .reverse()
      .find((id) => ids.has(id))
  return { at: elsewhere ?? beside, from: undefined, selected }
}

function taskLines(lines: readonly Line[]): string[] {
  return lines.flatMap((l) => (l.kind === 'task' ? [l.id] : []))
}
