import { useRouter } from '@tanstack/react-router'

import { basePath } from '../../api/base'
import type { Surroundings } from '../../markdown'
import { useMe, useMembers, useStore, useWorkspace, type Task } from '../../store'
import { find } from '../../store/find'
import type { Memory } from '../../store/memory'
import { fileResolver } from './files/address'

/** What the texts of a task need to know: its files, other tasks, the people, ways to go. */
export function useSurroundings(task: Task): Omit<Surroundings, 'onTick'> {
  const { memory } = useStore()
  const ws = useWorkspace()
  const me = useMe().id
  const router = useRouter()
  return {
    resolveFile: fileResolver(ws.id, task.id),
    resolveTask: (key) => taskShown(memory, ws.slug, key),
    resolveUser: (id) => {
      const member = memory.data.get('member', id)
      return member && { name: member.name, me: id === me }
    },
    navigate: (path) => router.history.push(basePath() + path.slice(1)),
  }
}

function taskShown(memory: Memory, slug: string, key: string) {
  const task = memory.data.task(key)
  return task && { href: `/${slug}/t/${task.key || task.id}`, title: task.title, done: task.completed_at !== null }
}

/** Who and what can be named while one writes. */
export function useCompletions() {
  const { memory } = useStore()
  const members = useMembers()
  return {
    completeMembers: (query: string) => {
      const wanted = query.toLocaleLowerCase()
      const starts = (name: string) =>
        name
          .toLocaleLowerCase()
          .split(/\s+/)
          .some((w) => w.startsWith(wanted))
      return members.filter((m) => starts(m.name) || m.name.toLocaleLowerCase().startsWith(wanted))
    },
    completeTasks: (query: string) =>
      find(memory.data, query, 8)
        .filter((task) => task.key !== '')
        .map((task) => ({ key: task.key, title: task.title })),
  }
}
