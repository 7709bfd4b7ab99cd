import { useLingui } from '@lingui/react/macro'

import { useMembers, type Filter, type Project } from '../../store'
import { Avatar } from '../../ui/Avatar'
import { Part } from './Charted'
import { Count } from './Count'
import type { Stats } from './stats'

const most = 20

/** How many open tasks each person has: a table whose numbers have a bar beside them. */
export function Load({ stats, project }: { stats: Stats; project: Project | undefined }) {
  const { t } = useLingui()
  const members = useMembers()
  const lines = stats.by_assignee.filter((a) => a.open > 0).slice(0, most)
  const top = Math.max(1, ...lines.map((l) => l.open))
  return (
    <Part title={t`Open tasks by person`}>
      {lines.length === 0 && <p className="text-muted">{t`No task is open.`}</p>}
      <table className="w-full">
        <caption className="sr-only">{t`Open tasks by person`}</caption>
        <tbody>
          {lines.map(({ assignee, open }) => {
            const member = members.find((m) => m.id === assignee)
            const name = assignee === null ? t`Nobody` : (member?.name ?? t`Former member`)
            const who: Filter = { field: 'assignee', op: 'eq', value: assignee ?? 'none' }
            return (
              <tr key={assignee ?? 'none'} className="h-8">
                <th scope="row" className="w-40 max-w-40 pe-3 text-start font-normal max-phone:w-28">
                  <span className="flex items-center gap-2">
                    {member ? <Avatar id={member.id} name={name} size={20} /> : <span className="size-5" />}
                    <span className="truncate">{name}</span>
                  </span>
                </th>
                <td aria-hidden>
                  <span
                    className="block h-2.5 min-w-0.5 rounded-[2px]"
                    style={{ width: `${(open / top) * 100}%`, background: 'var(--label-blue)' }}
                  />
                </td>
                <td className="w-12 text-end">
                  <Count
                    value={open}
                    project={project}
                    name={t`Open tasks of ${name}`}
                    filter={{ all: [who, { field: 'completed', op: 'is_set', value: false }] }}
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
