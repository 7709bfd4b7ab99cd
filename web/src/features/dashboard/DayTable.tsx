import { useLingui } from '@lingui/react/macro'

import { speakDay } from '../../dates'
import type { Project } from '../../store'
import { Count } from './Count'
import type { Stats } from './stats'

/** What was created and completed, day by day, the last first. */
export function DayTable({ stats, project }: { stats: Stats; project: Project | undefined }) {
  const { t, i18n } = useLingui()
  const fields = { created: t`Created`, completed: t`Completed` }
  return (
    <table className="w-full">
      <caption className="sr-only">{t`Created and completed a day`}</caption>
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="py-1 text-start font-medium">{t`Day`}</th>
          <th scope="col" className="py-1 text-end font-medium">
            {fields.created}
          </th>
          <th scope="col" className="py-1 text-end font-medium">
            {fields.completed}
          </th>
        </tr>
      </thead>
      <tbody>
        {[...stats.days].reverse().map((d) => {
          const day = speakDay(d.date, i18n.locale, stats.until)
          return (
            <tr key={d.date} className="border-line border-t">
              <th scope="row" className="py-1.5 text-start font-normal">
                {day}
              </th>
              {(['created', 'completed'] as const).map((field) => (
                <td key={field} className="py-1.5 text-end">
                  <Count
                    value={d[field]}
                    project={project}
                    name={`${fields[field]}, ${day}`}
                    filter={{ field, op: 'eq', value: d.date }}
                  />
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
