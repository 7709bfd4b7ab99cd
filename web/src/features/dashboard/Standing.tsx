import { useLingui } from '@lingui/react/macro'

import { ProjectIcon } from '../../fields/ProjectIcon'
import { useProjects, type Category, type Project } from '../../store'
import { StatusIcon } from '../../ui/StatusIcon'
import { Part } from './Charted'
import { Count } from './Count'
import { byProject, categories, type Stats } from './stats'

export function useCategoryNames(): Record<Category, string> {
  const { t } = useLingui()
  return { backlog: t`Backlog`, todo: t`To do`, doing: t`In progress`, done: t`Done`, canceled: t`Canceled` }
}

/** The tasks of one project by its statuses. */
export function ByStatus({ stats, project }: { stats: Stats; project: Project }) {
  const { t } = useLingui()
  const counts = new Map(stats.by_status.map((s) => [s.status, s.count]))
  const top = Math.max(1, ...counts.values())
  return (
    <Part title={t`Tasks by status`}>
      <table className="w-full">
        <caption className="sr-only">{t`Tasks by status`}</caption>
        <tbody>
          {project.statuses.map((s) => {
            const n = counts.get(s.id) ?? 0
            return (
              <tr key={s.id} className="h-8">
                <th scope="row" className="w-40 max-w-40 pe-3 text-start font-normal max-phone:w-28">
                  <span className="flex items-center gap-2">
                    <StatusIcon category={s.category} color={s.color} />
                    <span className="truncate">{s.name}</span>
                  </span>
                </th>
                <td aria-hidden>
                  <span
                    className="block h-2.5 min-w-0.5 rounded-[2px]"
                    style={{ width: `${(n / top) * 100}%`, background: `var(--status-${s.category})` }}
                  />
                </td>
                <td className="w-12 text-end">
                  <Count
                    value={n}
                    project={project}
                    name={s.name}
                    filter={{ field: 'status', op: 'eq', value: s.id }}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Part>
  )
}

/** All projects by the categories of their statuses. */
export function ByProject({ stats }: { stats: Stats }) {
  const { t } = useLingui()
  const names = useCategoryNames()
  const counts = byProject(stats)
  const projects = useProjects().filter((p) => counts.has(p.id))
  return (
    <Part title={t`Tasks by project`}>
      <div className="overflow-x-auto">
        <table className="w-full">
          <caption className="sr-only">{t`Tasks by project`}</caption>
          <thead className="text-muted text-xs">
            <tr>
              <th scope="col" className="py-1 text-start font-medium">{t`Project`}</th>
              {categories.map((c) => (
                <th key={c} scope="col" title={names[c]} className="px-2 py-1 text-end font-medium whitespace-nowrap">
                  <span className="inline-flex items-center gap-1.5">
                    <StatusIcon category={c} />
                    <span className="max-2xl:sr-only">{names[c]}</span>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {projects.map((p) => (
              <tr key={p.id} className="border-line h-9 border-t">
                <th scope="row" className="max-w-40 text-start font-normal">
                  <span className="flex items-center gap-2">
                    <ProjectIcon project={p} />
                    <span className="truncate">{p.name}</span>
                  </span>
                </th>
                {categories.map((c) => (
                  <td key={c} className="px-2 text-end">
                    <Count
                      value={counts.get(p.id)![c]}
                      project={p}
                      name={`${p.name}, ${names[c]}`}
                      filter={{ field: 'category', op: 'eq', value: c }}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  )
}
