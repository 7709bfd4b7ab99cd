import { can, roleOf, type Can } from './can'
import { useRead, useStore } from './context'
import type { Context, LoadState, SyncState } from './engine'
import { find } from './find'
import { queryName } from './queries'
import type { Actions } from './actions'
import type {
  Attachment,
  Comment,
  Group,
  GroupBy,
  ID,
  Label,
  Member,
  Project,
  Query,
  Relation,
  SavedView,
  Status,
  Task,
} from './types'

// Everything is live and the same while nothing in it changes. Nothing of it may be changed by who reads it.

export function useTasks(query: Query): readonly Task[] {
  const name = queryName(query)
  return useRead(name, (m) => m.queries.get(query, name).tasks())
}

export function useGroups(query: Query, by: GroupBy): readonly Group[] {
  const name = queryName(query)
  return useRead(name, (m) => m.queries.get(query, name).grouped(by))
}

export function useCount(query: Query): number {
  const name = queryName(query)
  return useRead(name, (m) => m.queries.get(query, name).tasks().length)
}

/** The task of an id, a key or a former key. */
export function useTask(ref: ID): Task | undefined {
  const id = useRead('keys', (m) => m.data.task(ref)?.id ?? ref)
  return useRead(`task:${id}`, (m) => m.data.get('task', id))
}

/** In one's order. */
export function useProjects(): readonly Project[] {
  return useRead('project', (m) => m.reads.projects())
}

/** The project of an id, a key or a former key. */
export function useProject(ref: ID): Project | undefined {
  return useRead('project', (m) => m.reads.project(ref))
}

export function useStatus(id: ID): Status | undefined {
  return useRead('project', (m) => m.reads.status(id))
}

/** By name. */
export function useLabels(): readonly Label[] {
  return useRead('label', (m) => m.reads.labels())
}

/** Who is in the workspace, by name. */
export function useMembers(): readonly Member[] {
  return useRead('member', (m) => m.reads.members())
}

/** One who has left is still known by her name. */
export function useMember(id: ID): Member | undefined {
  return useRead(`member:${id}`, (m) => m.data.get('member', id))
}

/** The shared ones and then one's own. */
export function useViews(): readonly SavedView[] {
  return useRead('view', (m) => m.reads.views())
}

export function useView(id: ID): SavedView | undefined {
  return useRead(`view:${id}`, (m) => m.data.get('view', id))
}

/** Oldest first. */
export function useComments(task: ID): readonly Comment[] {
  return useRead(`comment@${task}`, (m) => m.reads.comments(task))
}

export function useAttachments(task: ID): readonly Attachment[] {
  return useRead(`attachment@${task}`, (m) => m.reads.attachments(task))
}

/** Those in which the task is at either end. */
export function useRelations(task: ID): readonly Relation[] {
  return useRead(`relation@${task}`, (m) => m.reads.relations(task))
}

/** In their order. */
export function useChildren(task: ID): readonly Task[] {
  return useTasks({ filter: { field: 'parent', op: 'eq', value: task }, sort: 'position' })
}

/** text is undefined until it is here. */
export function useDescription(task: ID): { text: string | undefined } {
  return { text: useRead('descriptions', (m) => m.waiting.description(task) ?? m.texts.get(task)) }
}

/** Who is signed in. */
export function useMe(): { id: ID; name: string } {
  return useRead('context', (m) => m.context?.user ?? nobody)
}
const nobody = { id: '', name: '' }

export function useWorkspace(): Context['workspace'] {
  return useRead('context', (m) => m.context?.workspace ?? nowhere)
}
const nowhere = { id: '', slug: '', name: '' }

/** The time zone in which days are read. */
export function useZone(): string {
  return useRead('context', (m) => m.context?.zone ?? 'UTC')
}

export function useRole(): Member['role'] | undefined {
  return useRead('context\nmember', roleOf)
}

const rights = 'context\nmember\nproject\ngrant'

/** What one may do: in a project, named by id or key, or in the workspace. */
export function useCan(project?: ID): Can {
  return useRead(rights, (m) => m.topics.memo(`can ${project}`, rights, () => can(m, project)))
}

/** Tasks whose titles or keys begin with what somebody types. */
export function useFind(text: string, limit = 20): readonly Task[] {
  return useRead('task', (m) => m.topics.memo(`find ${limit} ${text}`, 'task', () => find(m.data, text, limit)))
}

export function useSync(): SyncState {
  return useRead('sync', (m) => m.sync)
}

/** How much of the workspace is here. */
export function useLoaded(): LoadState {
  return useRead('loaded', (m) => m.loaded)
}

export function useActions(): Actions {
  return useStore().act
}
