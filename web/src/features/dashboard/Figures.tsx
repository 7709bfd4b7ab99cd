import { useLingui } from '@lingui/react/macro'

import type { Filter, Project } from '../../store'
import { Count } from './Count'
import { useCategoryNames } from './Standing'
import type { Stats } from './stats'

const open: Filter = { field: 'completed', op: 'is_set', value: false }

/** The few numbers that say how it stands. */
export function Figures({ stats, project }: { stats: Stats; project: Project | undefined }) {
  const { t } = useLingui()
  const names = useCategoryNames()
  const of = (category: 'backlog' | 'todo' | 'doing' | 'done') => ({
    name: names[category],
    value: stats.by_category[category],
    filter: { field: 'category', op: 'eq', value: category } as Filter,
    late: false,
  })
  const late: Filter = { all: [{ field: 'due', op: 'before', value: 'today' }, open] }
  const figures = [
    { name: t`Open`, value: stats.open, filter: open, late: false },
    { name: t`Overdue`, value: stats.overdue, filter: late, late: stats.overdue > 0 },
    of('backlog'),
    of('todo'),
    of('doing'),
    of('done'),
  ]
  return (
    <dl className="grid grid-cols-6 gap-3 max-lg:grid-cols-3">
      {figures.map(({ name, value, filter, late: isLate }) => (
        <div key={name} className="bg-panel border-line flex flex-col rounded-lg border p-3">
          <dt className="text-muted text-xs">{name}</dt>
          <dd className={`mt-1 text-xl font-semibold ${isLate ? 'text-overdue' : ''}`}>
            <Count value={value} project={project} filter={filter} name={name} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
