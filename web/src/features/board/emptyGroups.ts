import { useLabels, useMembers, type Group, type GroupBy } from '../../store'

const spans = ['overdue', 'today', 'tomorrow', 'week', 'later', 'none']
const urgencies = ['1', '2', '3', '4', '0']

/** The groups with those between and after them that hold nothing. A board by status has all of its columns anyway. */
export function withEmpty(groups: readonly Group[], keys: readonly string[]): readonly Group[] {
  const found = new Map(groups.map((g) => [g.key, g]))
  const others = groups.filter((g) => !keys.includes(g.key))
  return [...keys.map((key) => found.get(key) ?? { key, tasks: [] }), ...others]
}

/** All groups that there can be, in their order. */
export function useAllKeys(by: GroupBy): readonly string[] | undefined {
  const members = useMembers()
  const labels = useLabels()
  switch (by) {
    case 'priority':
      return urgencies
    case 'due':
      return spans
    case 'assignee':
      return [...members.map((m) => m.id), 'none']
    case 'label':
      return [...labels.map((l) => l.id), 'none']
    case 'status':
      return undefined
  }
}
