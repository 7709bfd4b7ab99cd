import { useState } from 'react'

import type { Task } from '../store'
import { everything, extendedTo, kept, moved, nowhere, toggled, type Cursor, type Step } from './cursor'
import type { Line } from './sections'

export interface ListCursor extends Cursor {
  move: (step: Step, extend?: boolean) => void
  go: (line: string | undefined) => void
  toggle: (line: string) => void
  extend: (line: string) => void
  selectAll: () => void
  clear: () => void
  /** What an action is for: all that is selected, or else the one under the cursor. */
  targets: readonly Task[]
}

/** The cursor and the selection of a list, kept sensible while the list changes under them. */
export function useCursor(lines: readonly Line[]): ListCursor {
  const [state, setState] = useState<{ cursor: Cursor; lines: readonly Line[] }>({ cursor: nowhere, lines })
  let { cursor } = state
  if (state.lines !== lines) {
    cursor = kept(cursor, state.lines, lines)
    setState({ cursor, lines })
  }
  const set = (next: (now: Cursor) => Cursor) => setState((s) => ({ ...s, cursor: next(s.cursor) }))
  const tasks = lines.flatMap((l) => (l.kind === 'task' ? [l] : []))
  const selected = tasks.filter((l) => cursor.selected.has(l.id)).map((l) => l.task)
  const at = tasks.find((l) => l.id === cursor.at)?.task
  const targets = selected.length > 0 ? [...new Map(selected.map((t) => [t.id, t])).values()] : at ? [at] : []
  return {
    ...cursor,
    targets,
    move: (step, extend) => set((now) => moved(now, lines, step, extend)),
    go: (line) => set((now) => ({ ...now, at: line, from: undefined })),
    toggle: (line) => set((now) => toggled(now, line)),
    extend: (line) => set((now) => extendedTo(now, lines, line)),
    selectAll: () => set((now) => everything(now, lines)),
    clear: () => set((now) => ({ ...now, selected: new Set(), from: undefined })),
  }
}
