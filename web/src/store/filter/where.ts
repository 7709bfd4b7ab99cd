import type { Filter, ID, Project, SortField, Sort } from '../types'
import { addDays, bound, type Bound } from '../../dates/days'

/** A condition whose names are ids and whose days are instants, shaped as the server's, on which defaults depend. */
export type Where =
  | { all: Where[] }
  | { any: Where[] }
  | { not: Where }
  | { field: IDField; in: readonly (ID | null)[] }
  | { field: IDField | 'due' | 'completed' | 'external'; has: true }
  | { field: 'priority'; numbers: readonly number[] }
  | { field: Instant; before: Bound }
  | { field: Instant; after: Bound }
  | { field: 'external'; is: string }
  | { field: 'title' | 'text'; contains: string }

export type IDField = 'project' | 'status' | 'assignee' | 'label' | 'parent'
export type Instant = 'due' | 'created' | 'updated' | 'completed'

/** What a filter is read with. */
export interface Reading {
  me: ID
  zone: string
  now: number
  projects: Iterable<Project>
}

/** Translates a filter. One that the server would refuse throws. */
export function compile(f: Filter, r: Reading): Where {
  if (f.field) return leaf(f, r)
  const all = (f.all ?? []).map((c) => compile(c, r))
  const some = (f.any ?? []).map((c) => compile(c, r))
  if (!f.not && all.length === 0) return { any: some }
  if (some.length > 0) all.push({ any: some })
  if (!f.not) return { all }
  const not = { not: compile(f.not, r) }
  return all.length === 0 ? not : { all: [...all, not] }
}

function leaf(f: Filter, r: Reading): Where {
  switch (f.field) {
    case 'project':
    case 'status':
    case 'label':
    case 'parent':
    case 'assignee':
      return ids(f, f.field, r)
    case 'category':
      return category(f, r)
    case 'priority':
      return { field: 'priority', numbers: values(f).map(Number) }
    case 'due':
    case 'created':
    case 'updated':
    case 'completed':
      return instants(f, f.field, r)
    case 'external':
      if (f.op === 'is_set') return isSet(f, 'external')
      return { field: 'external', is: String(f.value).replace(':', '\0') }
    case 'title':
    case 'text':
      if (f.op !== 'contains' || typeof f.value !== 'string') break
      return { field: f.field, contains: f.value }
  }
  throw new Error(`${f.field} cannot be compared by ${f.op}`)
}

function isSet(f: Filter, field: IDField | 'due' | 'completed' | 'external'): Where {
  const has: Where = { field, has: true }
  return f.value === false ? { not: has } : has
}

function values(f: Filter): unknown[] {
  if (f.op === 'eq') return [f.value ?? null]
  if (f.op === 'in' && Array.isArray(f.value)) return f.value
  throw new Error(`${f.field} cannot be compared by ${f.op}`)
}

function ids(f: Filter, field: IDField, r: Reading): Where {
  if (f.op === 'is_set' && field !== 'project' && field !== 'status') return isSet(f, field)
  const list = values(f).map((v) => {
    if (v === null || v === 'none') return null
    return v === 'me' && field === 'assignee' ? r.me : String(v).toLowerCase()
  })
  const is: Where = { field, in: list }
  if (field !== 'status' || list.length !== 1) return is
  for (const p of r.projects) {
    if (p.statuses.some((s) => s.id === list[0])) return { all: [{ field: 'project', in: [p.id] }, is] }
  }
  return is
}

function category(f: Filter, r: Reading): Where {
  const list = values(f)
  const statuses = [...r.projects].flatMap((p) => p.statuses.filter((s) => list.includes(s.category)).map((s) => s.id))
  return { field: 'status', in: statuses }
}

function instants(f: Filter, field: Instant, r: Reading): Where {
  if (f.op === 'is_set' && (field === 'due' || field === 'completed')) return isSet(f, field)
  if (field === 'completed' && f.op === 'eq' && typeof f.value === 'boolean') return isSet(f, field)
  const from = bound(String(f.value), r.zone, r.now)
  if (f.op === 'before') return { field, before: from }
  if (f.op === 'after') return { field, after: from }
  if (f.op !== 'eq' || !from.date) throw new Error(`${field} cannot be compared by ${f.op}`)
  const to = bound(addDays(from.date, 1), r.zone, r.now)
  return {
    all: [
      { field, after: from },
      { field, before: to },
    ],
  }
}

/** Whether a condition pins a field to one value. */
export function pins(w: Where, field: IDField, value?: ID): boolean {
  if ('all' in w) return w.all.some((c) => pins(c, field, value))
  if (!('in' in w) || w.field !== field || w.in.length !== 1 || w.in[0] === null) return false
  return value === undefined || w.in[0] === value
}

/** The order of a query: as asked for, else a project's or a parent's own, else the newest first. */
export function sortOf(w: Where, sort?: Sort): { field: SortField | 'child_position'; descending: boolean } {
  const descending = sort?.startsWith('-') ?? false
  let field = sort?.replace('-', '') as SortField | undefined
  if (!field) {
    if (!pins(w, 'project') && !pins(w, 'parent')) return { field: 'created', descending: true }
    field = 'position'
  }
  return { field: field === 'position' && pins(w, 'parent') ? 'child_position' : field, descending }
}

/** Whether what a query finds depends on what day it is. */
export function isRelative(f: Filter): boolean {
  return (
    (typeof f.value === 'string' && f.value.startsWith('today')) ||
    [...(f.all ?? []), ...(f.any ?? []), ...(f.not ? [f.not] : [])].some(isRelative)
  )
}
