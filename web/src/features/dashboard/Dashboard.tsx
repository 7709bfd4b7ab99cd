import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ChevronDown, LayoutDashboard } from 'lucide-react'

import { Problem } from '../../api/problem'
import { ProjectIcon } from '../../fields/ProjectIcon'
import { useSentence } from '../../fields/refusals'
import { useProject, useProjects } from '../../store'
import { Button } from '../../ui/Button'
import { useDelayed } from '../../ui/delayed'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorState } from '../../ui/ErrorState'
import { Icon } from '../../ui/Icon'
import { Picker } from '../../ui/Picker'
import { ScreenHeader } from '../../ui/ScreenHeader'
import { Skeleton } from '../../ui/Skeleton'
import { Charted } from './Charted'
import { DayChart } from './DayChart'
import { DayTable } from './DayTable'
import { Figures } from './Figures'
import { Load } from './Load'
import { ByProject, ByStatus } from './Standing'
import { useStats } from './useStats'

const all = 'all'

/** How the work stands, in one project or in all. */
export default function Dashboard() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const sentence = useSentence()
  const { project: key } = useSearch({ strict: false }) as { project?: string }
  const projects = useProjects().filter((p) => !p.archived)
  const project = useProject(key ?? '')
  const { stats, local, error, retry } = useStats(project?.id)
  const late = useDelayed(stats === undefined && error === undefined)
  const choose = (id: string | undefined) => {
    const next = projects.find((p) => p.id === id)?.key
    void navigate({ to: '.', search: (next ? { project: next } : {}) as never, replace: true })
  }
  const whole = { id: all, name: t`All projects`, icon: <Icon of={LayoutDashboard} /> }
  return (
    <>
      <ScreenHeader
        title={t`Dashboard`}
        actions={
          <Picker
            name={t`Choose a project`}
            value={[project?.id ?? all]}
            items={[whole, ...projects.map((p) => ({ id: p.id, name: p.name, icon: <ProjectIcon project={p} /> }))]}
            onChange={([id]) => choose(id)}
            align="end"
            trigger={
              <Button kind="ghost">
                {project && <ProjectIcon project={project} />}
                <span className="max-w-40 truncate">{project?.name ?? t`All projects`}</span>
                <Icon of={ChevronDown} size={12} />
              </Button>
            }
          />
        }
      />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto flex max-w-240 flex-col gap-3 p-4 max-phone:p-3">
          {local && (
            <p role="status" className="text-muted text-xs">
              <Trans>You are offline: these numbers were counted from what is kept here.</Trans>
            </p>
          )}
          {late && <Waiting />}
          {error !== undefined && (
            <ErrorState requestId={error instanceof Problem ? error.requestID : undefined} onRetry={retry}>
              {sentence(error)}
            </ErrorState>
          )}
          {stats && !late && stats.total === 0 && (
            <EmptyState icon={LayoutDashboard}>{t`There is nothing to count yet.`}</EmptyState>
          )}
          {stats && !late && stats.total > 0 && (
            <>
              <Figures stats={stats} project={project} />
              <Charted
                title={t`Created and completed in 30 days`}
                chart={<DayChart days={stats.days} until={stats.until} />}
                table={<DayTable stats={stats} project={project} />}
              />
              <div className="grid grid-cols-2 items-start gap-3 max-lg:grid-cols-1">
                {project ? <ByStatus stats={stats} project={project} /> : <ByProject stats={stats} />}
                <Load stats={stats} project={project} />
              </div>
            </>
          )}
        </div>
      </div>
    </>
  )
}

function Waiting() {
  return (
    <div aria-hidden className="flex flex-col gap-3">
      <div className="grid grid-cols-6 gap-3 max-lg:grid-cols-3">
        {Array.from({ length: 6 }, (_, i) => (
          <Skeleton key={i} className="h-18.5 rounded-lg" />
        ))}
      </div>
      <Skeleton className="h-72 rounded-lg" />
    </div>
  )
}
