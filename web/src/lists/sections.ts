import type { ReactNode } from 'react'

import type { ID, Task } from '../store'

/** A part of a list with a heading of its own. */
export interface Section {
  key: string
  heading: ReactNode
  /** What the heading says, for who hears it. */
  name: string
  tasks: readonly Task[]
  /** At the end of the heading's line, such as a button that adds a task. */
  tools?: ReactNode
  /** A line right below the heading, such as a field for a new task. */
  extra?: ReactNode
}

/** A line of a list: a heading, what stands below it, or a task. A task that is in two sections has a line in each. */
export type Line =
  | { kind: 'heading'; id: string; section: Section }
  | { kind: 'extra'; id: string; section: Section }
  | { kind: 'task'; id: string; section: Section; task: Task }

/** The lines of a list in their order; what is folded shows its heading alone. */
export function linesOf(sections: readonly Section[], folded: ReadonlySet<string>): Line[] {
  const headed = sections.length > 1 || sections.some((s) => s.name !== '')
  return sections.flatMap((section): Line[] => {
    const heading: Line[] = headed ? [{ kind: 'heading', id: section.key, section }] : []
    if (folded.has(section.key)) return heading
    const extra: Line[] = section.extra ? [{ kind: 'extra', id: `${section.key}/+`, section }] : []
    return [
      ...heading,
      ...extra,
      ...section.tasks.map((task): Line => ({ kind: 'task', id: lineID(section.key, task.id), section, task })),
    ]
  })
}

/** Names a task's line in a section. */
export function lineID(section: string, task: ID): string {
  return `${section}/${task}`
}
