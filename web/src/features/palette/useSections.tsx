import { useLingui } from '@lingui/react/macro'
import { Search } from 'lucide-react'

import { useFind } from '../../store'
import { Icon } from '../../ui/Icon'
import type { Entry, Section, Target } from './entry'
import { fitOf, fits, ranked } from './rank'
import { useEntries, useTaskEntry, type Sources } from './useEntries'

const most = { task: 8, project: 6, view: 5, command: 8, member: 4, recent: 6 }

/** What the palette shows for what was typed: sections, the one with the best fit first. */
export function useSections(typed: string, sources: Sources): Section[] {
  const { t } = useLingui()
  const text = typed.trim()
  const entries = useEntries(sources)
  const tasks = useFind(text, most.task)
  const taskEntry = useTaskEntry(sources.go)
  const names = { recent: t`Recent`, tasks: t`Tasks`, projects: t`Projects`, views: t`Views`, commands: t`Commands`, members: t`Members` }

  if (!text)
    return [
      { id: 'recent', name: names.recent, entries: entries.recent.slice(0, most.recent) },
      { id: 'commands', name: names.commands, entries: entries.commands },
      { id: 'projects', name: names.projects, entries: entries.projects },
    ].filter((s) => s.entries.length > 0)

  const recent = sources.visited.map((v) => v.id)
  const found = [
    {
      id: 'tasks',
      name: names.tasks,
      lines: tasks.map((task) => ({ item: taskEntry(task), fit: Math.max(fits.words, fitOf({ name: task.title, keywords: task.key }, text)) })),
    },
    { id: 'projects', name: names.projects, lines: ranked(entries.projects, text, recent).slice(0, most.project) },
    { id: 'views', name: names.views, lines: ranked(entries.views, text, recent).slice(0, most.view) },
    { id: 'commands', name: names.commands, lines: ranked(entries.commands, text).slice(0, most.command) },
    { id: 'members', name: names.members, lines: ranked(entries.members, text).slice(0, most.member) },
  ]
  const sections = found
    .filter((s) => s.lines.length > 0)
    .sort((a, b) => b.lines[0]!.fit - a.lines[0]!.fit)
    .map((s): Section => ({ id: s.id, name: s.name, entries: s.lines.map((l) => l.item) }))
  return [...sections, { id: 'search', name: t`Everywhere`, entries: [searchEntry(text, t`Search tasks and comments for “${text}”`, sources.go)] }]
}

function searchEntry(text: string, name: string, go: (to: Target) => void): Entry {
  return { id: 'search', name, icon: <Icon of={Search} className="text-icon" />, run: () => go({ kind: 'search', text }) }
}
