/** Somebody or something that can be completed. */
export interface Suggestion {
  id: string
  /** The name that is shown and read out. */
  label: string
  /** What stands in muted letters beside the name. */
  detail?: string
  /** What is put into the text. */
  insert: string
}

export interface Sources {
  members?: (query: string) => readonly { id: string; name: string; detail?: string }[]
  tasks?: (query: string) => readonly { key: string; title: string }[]
}

/** What is being completed: the words behind the sign, and where the sign stands. */
export interface Trigger {
  kind: 'member' | 'task'
  query: string
  from: number
}

const member = /(?:^|[\s([{>"'])@([\p{L}\p{M}\p{N}._'-]{0,40}(?: [\p{L}\p{M}\p{N}._'-]{1,40})?)$/u
const task = /(?:^|[\s([{>"'])#([\p{L}\p{M}\p{N}_-][\p{L}\p{M}\p{N}_ -]{0,40}|)$/u
const key = /(?:^|[\s([{>"'])([A-Z][A-Z0-9]{0,9}-\d{0,9})$/

/** What one is about to name just before the caret, if anything. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = text.slice(Math.max(text.lastIndexOf('\n', caret - 1) + 1, caret - 90), caret)
  const named = member.exec(before)
  if (named) return { kind: 'member', query: named[1] ?? '', from: caret - (named[1] ?? '').length - 1 }
  const numbered = task.exec(before)
  if (numbered) return { kind: 'task', query: numbered[1] ?? '', from: caret - (numbered[1] ?? '').length - 1 }
  const keyed = key.exec(before)
  if (keyed) return { kind: 'task', query: keyed[1] ?? '', from: caret - (keyed[1] ?? '').length }
  return undefined
}

const most = 8

/** What fits what is being typed. */
export function suggestionsFor(trigger: Trigger, sources: Sources): Suggestion[] {
  if (trigger.kind === 'member')
    return (sources.members?.(trigger.query) ?? []).slice(0, most).map(({ id, name, detail }) => ({
      id,
      label: name,
      detail,
      insert: `[@${name.replace(/[\\[\]`*_<&~]/g, '\\$&')}](rung:user/${id}) `,
    }))
  return (sources.tasks?.(trigger.query) ?? [])
    .slice(0, most)
    .map(({ key: id, title }) => ({ id, label: id, detail: title, insert: `${id} ` }))
}
