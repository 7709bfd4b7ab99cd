import type { components } from '../api/schema'

type Schemas = components['schemas']

export type ID = string
export type When = Schemas['When']
/** A task as the store holds it: the API's, always with its description, dates never as a bare text. */
export type Task = Omit<Schemas['Task'], 'due' | 'start' | 'description'> & {
  due: When | null
  start: When | null
}
export type Project = Schemas['Project']
export type Status = Schemas['Status']
export type Category = Status['category']
export type Label = Schemas['Label']
/** A person as the history knows her; her address is told by GET /members alone. */
export interface Member {
  id: ID
  name: string
  role: Schemas['Member']['role']
  /** She has left; her name stays readable. */
  removed: boolean
  version: number
}
export type Comment = Schemas['Comment']
export type Attachment = Schemas['Attachment']
export type Relation = Schemas['Relation']
export type SavedView = Schemas['SavedView']
export type HistoryEvent = Schemas['Event']
export type Filter = Schemas['Filter']
export type TaskPatch = Schemas['TaskPatch']
export type NewTask = Schemas['NewTask']
export type Place = NonNullable<TaskPatch['place']>

/** What the store holds, by the names that the snapshot and the history use. */
export interface Entities {
  project: Project
  label: Label
  member: Member
  view: SavedView
  task: Task
  comment: Comment
  attachment: Attachment
  relation: Relation
  grant: Grant
}
export type Kind = keyof Entities

export type SortField = 'position' | 'due' | 'priority' | 'created' | 'updated' | 'title'
/** A sort as the API writes it: a field, with - in front for descending. */
export type Sort = SortField | `-${SortField}`
export type GroupBy = 'status' | 'assignee' | 'priority' | 'label' | 'due'

/** A question for tasks; what it means is what POST /tasks/query means by the same filter and sort. */
export interface Query {
  filter?: Filter
  sort?: Sort
  /** The time zone that days are read in; the signed-in user's without it. */
  zone?: string
}

/** A column of a board or a section of a list. key is an id, a priority, a span of due dates, or "none". */
export interface Group {
  key: string
  tasks: readonly Task[]
}

/** A role in a project that somebody was granted. The store holds one's own. */
export interface Grant {
  /** PROJECT/USER */
  id: ID
  project: ID
  user: ID
  role: 'admin' | 'editor' | 'commenter' | 'viewer'
  version: number
}
