import { when } from './forecastTasks'
import type { Entities, ID, Kind, Task } from './types'

const nothing: readonly never[] = Object.freeze([])

/** Keeps one copy of what many rows have in common: ids, people, empty lists. */
export class Interns {
  private readonly texts = new Map<string, string>()
  private readonly authors = new Map<string, NonNullable<Task['author']>>()

  /** A row as the store holds it. Its description, if it has one, is left out. */
  row<K extends Kind>(kind: K, row: Entities[K] & { description?: string }): Entities[K] {
    return kind === 'task' ? (this.task(row as Task) as Entities[K]) : row
  }

  private task(row: Task & { description?: string }): Task {
    const { description: _, ...t } = row
    t.project = this.text(t.project)
    t.status = this.text(t.status)
    t.created_by = this.text(t.created_by)
    if (t.parent) t.parent = this.text(t.parent)
    if (t.updated_at === t.created_at) t.updated_at = t.created_at
    t.assignees = this.list(t.assignees)
    t.labels = this.list(t.labels)
    t.subscribers = this.list(t.subscribers)
    t.previous_keys = t.previous_keys.length ? t.previous_keys : (nothing as never)
    t.due = when(t.due)
    t.start = when(t.start)
    if (t.author) t.author = this.author(t.author)
    return t
  }

  private text(s: string): string {
    const known = this.texts.get(s)
    if (known !== undefined) return known
    this.texts.set(s, s)
    return s
  }

  private list(ids: readonly ID[]): ID[] {
    return ids.length ? ids.map((id) => this.text(id)) : (nothing as never)
  }

  private author(a: NonNullable<Task['author']>): NonNullable<Task['author']> {
    const key = `${a.user}\0${a.name}`
    const known = this.authors.get(key)
    if (known) return known
    this.authors.set(key, a)
    return a
  }

  clear(): void {
    this.texts.clear()
    this.authors.clear()
  }
}
