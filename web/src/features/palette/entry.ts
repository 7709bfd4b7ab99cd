import type { ReactNode } from 'react'

/** A line of the palette. */
export interface Entry {
  id: string
  name: string
  keywords?: string
  icon?: ReactNode
  /** Quiet words at the end of the line. */
  hint?: string
  keys?: string
  run: () => void
}

export interface Section {
  id: string
  name: string
  entries: readonly Entry[]
}

/** Where the palette can lead to, beside what commands do. */
export type Target =
  | { kind: 'project'; project: string }
  | { kind: 'view'; view: string }
  | { kind: 'task'; task: string }
  | { kind: 'members' }
  | { kind: 'search'; text: string }

/** Something that was looked at lately. */
export interface Visited {
  kind: 'project' | 'view' | 'task'
  id: string
}
