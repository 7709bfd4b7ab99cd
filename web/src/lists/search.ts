import type { Filter, GroupBy, Sort } from '../store/types'

/** ?task=WEB-12 on any screen of a workspace opens that task beside it. */
export interface TaskPanelSearch {
  task?: string
}

/** What the address of a board or list says of it; what it leaves out is the screen's own default. */
export interface BoardSearch extends TaskPanelSearch {
  layout?: 'board' | 'list'
  group?: GroupBy | 'none'
  sort?: Sort
  filter?: Filter
}

const text = (v: unknown) => (typeof v === 'string' && v !== '' ? v : undefined)
const oneOf = <T extends string>(v: unknown, all: readonly T[]) => all.find((a) => a === v)

const sorts = ['position', 'due', 'priority', 'created', 'updated', 'title'] as const

export function taskPanelSearch(s: Record<string, unknown>): TaskPanelSearch {
  const task = text(s.task)
  return task === undefined ? {} : { task }
}

export function boardSearch(s: Record<string, unknown>): BoardSearch {
  const out: BoardSearch = taskPanelSearch(s)
  const layout = oneOf(s.layout, ['board', 'list'] as const)
  const group = oneOf(s.group, ['status', 'assignee', 'priority', 'label', 'due', 'none'] as const)
  const sort = oneOf(s.sort, [...sorts, ...sorts.map((f) => `-${f}` as const)])
  if (layout) out.layout = layout
  if (group) out.group = group
  if (sort) out.sort = sort
  if (typeof s.filter === 'object' && s.filter !== null) out.filter = s.filter
  return out
}
