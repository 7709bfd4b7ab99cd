import { List, SquareKanban, Zap } from 'lucide-react'

import { ProjectIcon } from '../../fields/ProjectIcon'
import { useMembers, useStatus, useStore, useViews, type Project, type SavedView, type Task } from '../../store'
import { Avatar } from '../../ui/Avatar'
import { runCommand, useCommandList, type Command } from '../../ui/commands'
import { Icon } from '../../ui/Icon'
import { StatusIcon } from '../../ui/StatusIcon'
import type { Entry, Target, Visited } from './entry'

export interface Sources {
  /** In one's own order. */
  projects: readonly Project[]
  /** What was looked at, latest first. */
  visited: readonly Visited[]
  go: (to: Target) => void
}

/** All that the palette can find but tasks, as lines. */
export function useEntries({ projects, visited, go }: Sources) {
  const { memory } = useStore()
  const views = useViews()
  const members = useMembers()
  const commands = useCommandList()
  const task = useTaskEntry(go)
  const projectEntry = (p: Project): Entry => ({
    id: p.id,
    name: p.name,
    keywords: p.key,
    hint: p.key,
    icon: <ProjectIcon project={p} />,
    run: () => go({ kind: 'project', project: p.key }),
  })
  const viewEntry = (v: SavedView): Entry => ({
    id: v.id,
    name: v.name,
    icon: <Icon of={v.layout === 'board' ? SquareKanban : List} className="text-icon" />,
    run: () => go({ kind: 'view', view: v.id }),
  })
  const entryOf = ({ kind, id }: Visited): Entry | undefined => {
    const row = memory.data.get(kind, id)
    if (!row) return undefined
    return kind === 'task' ? task(row as Task) : kind === 'view' ? viewEntry(row as SavedView) : projectEntry(row as Project)
  }
  return {
    recent: visited.map(entryOf).filter((e) => e !== undefined),
    projects: projects.map(projectEntry),
    views: views.map(viewEntry),
    commands: commands.filter((c) => !c.id.startsWith('go.project.')).map(commandEntry),
    members: members.map((m) => ({
      id: m.id,
      name: m.name,
      icon: <Avatar id={m.id} name={m.name} size={16} />,
      run: () => go({ kind: 'members' }),
    })),
  }
}

export function useTaskEntry(go: (to: Target) => void) {
  return (task: Task): Entry => ({
    id: task.id,
    name: task.title,
    keywords: task.key,
    hint: task.key,
    icon: <TaskSign status={task.status} />,
    run: () => go({ kind: 'task', task: task.key || task.id }),
  })
}

function TaskSign({ status }: { status: string }) {
  const found = useStatus(status)
  return <StatusIcon category={found?.category ?? 'todo'} color={found?.color} />
}

function commandEntry(c: Command): Entry {
  return {
    id: c.id,
    name: c.name,
    keywords: c.group,
    hint: c.group,
    keys: typeof c.keys === 'string' ? c.keys : c.keys?.[0],
    icon: <Icon of={c.icon ?? Zap} className="text-icon" />,
    run: () => runCommand(c.id),
  }
}
