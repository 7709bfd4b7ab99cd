import { useLingui } from '@lingui/react/macro'

import { keepsake, useKept } from '../../api/keepsake'
import { today, useNow } from '../../dates'
import { ProjectIcon } from '../../fields/ProjectIcon'
import { ProjectPicker } from '../../fields/ProjectPicker'
import { AddTask } from '../../lists/AddTask'
import { useActions, useMe, useProjects, useZone, type ID, type Project } from '../../store'
import { Button } from '../../ui/Button'

/** Of each workspace, the project that one last added a task for oneself to. */
const kept = keepsake<Readonly<Record<ID, ID>>>('mywork.project', {})

/** A new task for me, for today, in the project that is named beside it. */
export function AddMine({
  workspace,
  projects,
  onClose,
}: {
  workspace: ID
  projects: readonly Project[]
  onClose: () => void
}) {
  const { t } = useLingui()
  const act = useActions()
  const me = useMe().id
  const day = today(useZone(), useNow())
  const known = useKept(kept)[workspace]
  const project = projects.find((p) => p.id === known) ?? projects[0]
  if (!project) return null
  const add = (title: string) => {
    act.createTask({
      project: project.id,
      title,
      assignees: [me],
      due: { date: day, time: null, time_zone: null },
    })
  }
  return (
    <div data-adding className="border-line flex shrink-0 items-center gap-2 border-b px-3 py-2">
      <ProjectPicker
        value={project.id}
        onPick={(id) => kept.set({ ...kept.get(), [workspace]: id })}
        trigger={
          <Button kind="ghost" aria-label={t`In the project ${project.name}`}>
            <ProjectIcon project={project} />
            <span className="max-w-32 truncate max-phone:max-w-16">{project.name}</span>
          </Button>
        }
      />
      <div className="min-w-0 grow">
        <AddTask className="mb-0" placeholder={t`For me, today`} onAdd={add} onClose={onClose} />
      </div>
    </div>
  )
}

/** The projects that one may add tasks to. */
export function useOpenProjects(): readonly Project[] {
  return useProjects().filter((p) => !p.archived)
}
