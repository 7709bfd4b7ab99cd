/** What is being named at the caret, and which piece of the line to replace by the choice. */
export interface Completion {
  kind: 'priority' | 'label' | 'assignee' | 'project' | 'status'
  query: string
  from: number
  to: number
}

const kinds = { '!': 'priority', '#': 'label', '@': 'assignee', '+': 'project', '/': 'status' } as const

/** The word with a sign before it in which the caret stands, undefined elsewhere. */
export function completionAt(line: string, caret: number): Completion | undefined {
  const before = line.slice(0, caret)
  const m = /(?<![^\s(])([!#@+/])([^\s!#@+/"]*)$/u.exec(before) ?? /(?<![^\s(])([#@+/])"([^"]*)$/u.exec(before)
  return m ? { kind: kinds[m[1] as keyof typeof kinds], query: m[2]!, from: m.index, to: caret } : undefined
}
