import { useLingui } from '@lingui/react/macro'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ListTodo, Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import { useAddress } from '../../lists/address'
import { TaskList } from '../../lists/TaskList'
import { useCan, useLoaded, useProjects, useTask, useWorkspace, type Task } from '../../store'
import { runCommand, useCommands } from '../../ui/commands'
import { EmptyState } from '../../ui/EmptyState'
import { IconButton } from '../../ui/IconButton'
import { ScreenHeader } from '../../ui/ScreenHeader'
import { AddMine, useOpenProjects } from './AddMine'
import { folds, useFolds } from './folds'
import { MineSkeleton } from './MineSkeleton'
import { TitleInProject } from './TitleInProject'
import { useMine } from './useMine'
import { useSpanNames } from './useSpanNames'

/** What is mine to do, over all projects. firstRun is shown in its place while the workspace has no project. */
export default function MyWork({ firstRun }: { firstRun?: ReactNode }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { id: workspace } = useWorkspace()
  const { task: openKey } = useSearch({ strict: false }) as { task?: string }
  const opened = useTask(openKey ?? '')?.id
  const address = useAddress()
  const loaded = useLoaded()
  const none = useProjects().length === 0
  const projects = useOpenProjects()
  const can = useCan()
  const spans = useMine()
  const names = useSpanNames()
  const folded = new Set(useFolds())
  const [adding, setAdding] = useState(false)
  const mayAdd = projects.length > 0
  const add = { id: 'task.new', name: t`Add a task for me, today`, keys: 'n', icon: Plus, group: t`Tasks` }
  useCommands([{ ...add, enabled: mayAdd, run: () => setAdding(true) }])
  const open = (task: Task) =>
    void navigate({ to: '.', search: (s: object) => ({ ...s, task: task.key || task.id }) as never })
  const empty = !spans.some((s) => s.key !== 'done')
  const body = () => {
    if (none && loaded !== 'all') return <MineSkeleton />
    if (none && firstRun) return firstRun
    if (none)
      return (
        <EmptyState
          icon={ListTodo}
          action={can.createProject ? { name: t`New project`, run: () => runCommand('project.new') } : undefined}
        >
          {t`There are no projects here yet.`}
        </EmptyState>
      )
    return (
      <>
        {empty && loaded === 'all' && !adding && (
          <EmptyState
            icon={ListTodo}
            action={mayAdd ? { name: t`Add a task`, command: add.id, run: () => setAdding(true) } : undefined}
          >
            {t`Nothing is assigned to you.`}
          </EmptyState>
        )}
        {empty && loaded !== 'all' && <MineSkeleton />}
        {spans.length > 0 && (
          <TaskList
            name={t`My work`}
            sections={spans.map(({ key, tasks }) => ({ key, name: names[key], heading: names[key], tasks }))}
            onOpen={open}
            opened={opened}
            address={address.task}
            title={(task) => <TitleInProject task={task} />}
            folded={folded}
            onFold={(next) => folds.set([...next])}
          />
        )}
      </>
    )
  }
  return (
    <>
      <ScreenHeader
        title={t`My work`}
        actions={mayAdd && <IconButton icon={Plus} name={add.name} command={add.id} onClick={() => setAdding(true)} />}
      />
      {adding && <AddMine workspace={workspace} projects={projects} onClose={() => setAdding(false)} />}
      <div className="relative flex min-h-0 grow flex-col">{body()}</div>
    </>
  )
}
