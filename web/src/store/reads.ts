import type { Row } from './data'
import type { Memory } from './memory'
import type {
  Attachment,
  Comment,
  Entities,
  ID,
  Kind,
  Label,
  Member,
  Project,
  Relation,
  SavedView,
  Status,
  Task,
} from './types'

const byPosition = (a: Project | SavedView, b: Project | SavedView) =>
  a.position < b.position ? -1 : a.position > b.position ? 1 : a.id < b.id ? -1 : 1
const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
const byAge = (a: Comment | Attachment, b: Comment | Attachment) =>
  a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : a.id < b.id ? -1 : 1

/** Lists of rows, each the same until something in it changes. */
export class Reads {
  constructor(private readonly memory: Memory) {}

  projects(): readonly Project[] {
    return this.list('project', (all) => all.sort(byPosition))
  }

  project(ref: ID): Project | undefined {
    const key = ref.toUpperCase()
    return (
      this.memory.data.get('project', ref) ??
      this.projects().find((p) => p.key === key) ??
      this.projects().find((p) => p.former_keys.includes(key))
    )
  }

  status(id: ID): Status | undefined {
    return this.statuses().get(id)
  }

  statuses(): ReadonlyMap<ID, Status> {
    return this.memory.topics.memo('statuses', 'project', () => {
      return new Map(this.projects().flatMap((p) => p.statuses.map((s) => [s.id, s] as const)))
    })
  }

  labels(): readonly Label[] {
    return this.list('label', (all) => all.sort(byName))
  }

  members(): readonly Member[] {
    return this.list('member', (all) => all.filter((m) => !m.removed).sort(byName))
  }

  /** The shared ones and then one's own. */
  views(): readonly SavedView[] {
    return this.list('view', (all) => all.sort((a, b) => Number(b.shared) - Number(a.shared) || byPosition(a, b)))
  }

  comments(task: ID): readonly Comment[] {
    return this.about('comment', task, (all) => all.sort(byAge))
  }

  attachments(task: ID): readonly Attachment[] {
    return this.about('attachment', task, (all) => all.sort(byAge))
  }

  /** Those whose tasks are both to be seen. */
  relations(task: ID): readonly Relation[] {
    return this.about('relation', task, (all) => all.sort((a, b) => (a.created_at < b.created_at ? -1 : 1)))
  }

  /** The topics to which a change of a row belongs. */
  topicsOf(kind: Kind, id: ID, before: Row | undefined, after: Row | undefined): string[] {
    const topics = [kind, `${kind}:${id}`]
    const rows = [before, after]
    if (kind === 'comment' || kind === 'attachment') {
      for (const r of rows as (Comment | undefined)[]) if (r) topics.push(`${kind}@${r.task}`)
    } else if (kind === 'relation') {
      for (const r of rows as (Relation | undefined)[]) if (r) topics.push(`relation@${r.task}`, `relation@${r.other}`)
    } else if (kind === 'task' && !(before && after)) {
      for (const r of this.memory.data.relationsOf.of(id)) {
        const relation = this.memory.data.get('relation', r)!
        topics.push(`relation@${relation.task}`, `relation@${relation.other}`)
      }
    } else if (kind === 'task' && (before as Task).key !== (after as Task).key) {
      topics.push('keys')
    }
    if (kind === 'task' && !(before && after)) topics.push('keys')
    return topics
  }

  private list<K extends Kind, T>(kind: K, make: (all: Entities[K][]) => T): T {
    return this.memory.topics.memo(`all ${kind}`, kind, () => make([...this.memory.data.all(kind)]))
  }

  private about<K extends 'comment' | 'attachment' | 'relation'>(
    kind: K,
    task: ID,
    make: (all: Entities[K][]) => Entities[K][],
  ) {
    const { data, topics } = this.memory
    return topics.memo(`${kind} of ${task}`, `${kind}@${task}`, () => {
      const rows = Array.from(data[`${kind}sOf`].of(task), (id) => data.get(kind, id)!)
      if (kind !== 'relation') return make(rows)
      return make(rows.filter((r) => data.get('task', r.task) && data.get('task', (r as Relation).other)))
    })
  }
}
