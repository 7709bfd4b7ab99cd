import { addDays, today, useNow } from '../../dates'
import { useGroups, useTasks, useZone, type Filter, type Task } from '../../store'

const mine: Filter = { field: 'assignee', op: 'eq', value: 'me' }
const open: Filter = { all: [mine, { field: 'completed', op: 'is_set', value: false }] }
const recently = 14 // days that what is done stays in sight

export type Span = 'overdue' | 'today' | 'week' | 'later' | 'none' | 'done'

/** What is assigned to me, over all projects, by when it is due; and what I was assigned that was done of late. */
export function useMine(): { key: Span; tasks: readonly Task[] }[] {
  const groups = useGroups({ filter: open, sort: 'due' }, 'due')
  const day = today(useZone(), useNow())
  const done = useTasks({
    filter: { all: [mine, { field: 'completed', op: 'after', value: addDays(day, -recently) }] },
    sort: '-updated',
  })
  const of = (...keys: string[]) => groups.filter((g) => keys.includes(g.key)).flatMap((g) => g.tasks)
  return [
    { key: 'overdue' as const, tasks: of('overdue') },
    { key: 'today' as const, tasks: of('today') },
    { key: 'week' as const, tasks: of('tomorrow', 'week') },
    { key: 'later' as const, tasks: of('later') },
    { key: 'none' as const, tasks: of('none') },
    { key: 'done' as const, tasks: done },
  ].filter((s) => s.tasks.length > 0)
}
