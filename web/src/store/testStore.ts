import { makeStore, type Store } from './context'
import type { Context, Loaded } from './engine'
import type { Comment, Entities, ID, Kind, Label, Member, Project, Task } from './types'

/** Rows for a test: each needs an id at most; what is left out is as in a plain row. Descriptions go with their tasks. */
export interface TestRows extends Partial<{
  [K in Kind]: readonly (Partial<Entities[K]> & { description?: string })[]
}> {
  /** Who is signed in, by default Ada, an owner with the id "ada". */
  context?: Partial<Context>
  now?: () => number
}

/** A store that has these rows confirmed and sends nothing. memory.settle and refuse answer its changes. */
export function makeTestStore(rows: TestRows = {}): Store {
  const store = makeStore(rows.now)
  const { memory } = store
  memory.setContext({
    user: { id: 'ada', name: 'Ada' },
    workspace: { id: 'ws', slug: 'harbour', name: 'Harbour' },
    zone: 'UTC',
    ...rows.context,
  })
  const descriptions = new Map<ID, string>()
  memory.setDescriptions({
    get: (task) => Promise.resolve(descriptions.get(task)),
    each: async (visit) => {
      await null // as a disk, it takes its time
      descriptions.forEach((text, task) => visit(task, text))
    },
  })
  const members = rows.member ?? [{ id: memory.context!.user.id, name: memory.context!.user.name, role: 'owner' }]
  const all: Loaded[] = []
  for (const kind of ['project', 'label', 'view', 'grant', 'task', 'comment', 'attachment', 'relation'] as const) {
    rows[kind]?.forEach((row, i) => all.push({ kind, row: { ...plain(kind, i), ...row } } as Loaded))
  }
  members.forEach((row, i) => all.push({ kind: 'member', row: { ...plain('member', i), ...row } } as Loaded))
  for (const { kind, row } of all) {
    if (kind === 'task' && row.description !== undefined) descriptions.set(row.id, row.description)
  }
  memory.load(all)
  memory.tellSync({ state: 'live' })
  memory.tellLoaded('all')
  return store
}

const at = '2026-01-01T00:00:00.000Z'

function plain(kind: Kind, i: number): object {
  const made = { id: `${kind}-${i + 1}`, version: 1, created_at: at, updated_at: at, created_by: 'ada' }
  switch (kind) {
    case 'project':
      return { ...made, ...project, key: `P${i + 1}`, name: `Project ${i + 1}`, position: position(i) }
    case 'task':
      return { ...made, ...task, key: `P1-${i + 1}`, number: i + 1, title: `Task ${i + 1}`, position: position(i) }
    case 'label':
      return { ...made, name: `Label ${i + 1}`, color: '' } satisfies Partial<Label>
    case 'member':
      return {
        id: `${kind}-${i + 1}`,
        name: `Member ${i + 1}`,
        role: 'member',
        removed: false,
        version: 1,
      } satisfies Member
    case 'comment':
      return { ...made, ...comment }
    case 'view':
      return {
        ...made,
        name: `View ${i + 1}`,
        shared: true,
        owner: 'ada',
        project: null,
        query: {},
        sort: '',
        group_by: '',
        layout: 'list',
        settings: {},
        position: position(i),
      }
    case 'attachment':
      return {
        ...made,
        task: 'task-1',
        name: 'file.txt',
        content_type: 'text/plain',
        size: 1,
        sha256: '',
        author,
        deleted_at: null,
      }
    case 'relation':
      return { ...made, type: 'relates' }
    case 'grant':
      return { ...made, role: 'viewer' }
  }
}

/** As the server spaces them. */
function position(i: number): string {
  return (BigInt(i + 1) << 40n).toString(32).padStart(13, '0')
}

const author = { user: 'ada', name: 'Ada' }

const project: Partial<Project> = {
  former_keys: [],
  description: '',
  color: '',
  icon: '',
  archived: false,
  access: 'workspace',
  estimate_unit: 'points',
  deleted_at: null,
  statuses: [
    { id: 'backlog', name: 'Backlog', category: 'backlog', color: '' },
    { id: 'todo', name: 'To do', category: 'todo', color: '' },
    { id: 'doing', name: 'In progress', category: 'doing', color: '' },
    { id: 'done', name: 'Done', category: 'done', color: '' },
  ],
}

const task: Partial<Task> = {
  project: 'project-1',
  status: 'todo',
  priority: 0,
  assignees: [],
  labels: [],
  due: null,
  due_at: null,
  start: null,
  estimate: null,
  parent: null,
  child_position: '',
  external: null,
  author,
  recurrence: null,
  series: null,
  ical_uid: null,
  custom: null,
  previous_keys: [],
  subscribers: [],
  completed_at: null,
  deleted_at: null,
  comment_count: 0,
  attachment_count: 0,
  child_count: 0,
  child_done_count: 0,
}

const comment: Partial<Comment> = {
  task: 'task-1',
  body: 'Well said.',
  author,
  external: null,
  edited_at: null,
  deleted_at: null,
}
