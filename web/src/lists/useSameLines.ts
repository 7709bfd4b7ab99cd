import { useState } from 'react'

import type { Line } from './sections'

/** The same array as before if it holds the same lines. */
export function useSameLines(lines: readonly Line[]): readonly Line[] {
  const [kept, setKept] = useState(lines)
  const same = kept === lines || (kept.length === lines.length && kept.every((l, i) => isSame(l, lines[i]!)))
  if (!same) setKept(lines)
  return same ? kept : lines
}

function isSame(a: Line, b: Line): boolean {
  return a.id === b.id && a.kind === b.kind && (a.kind !== 'task' || b.kind !== 'task' || a.task === b.task)
}
