import type { Filter } from '../../../store'

export type Field = Exclude<NonNullable<Filter['field']>, 'external'>
/** How people compare. What they write is turned round from what the API knows: "is not" is not(eq). */
export type Operator = 'is' | 'is_not' | 'before' | 'from' | 'set' | 'unset' | 'contains' | 'contains_not'
export type Value = string | number

export interface Condition {
  kind: 'condition'
  field: Field
  op: Operator
  values: readonly Value[]
}
export interface Group {
  kind: 'group'
  join: 'all' | 'any'
  not: boolean
  parts: readonly Node[]
}
/** What cannot be shown in parts is kept as it is. */
export interface Other {
  kind: 'other'
  filter: Filter
}
export type Node = Condition | Group | Other

export const fields: readonly Field[] = [
  'status',
  'category',
  'assignee',
  'label',
  'priority',
  'due',
  'project',
  'title',
  'text',
  'parent',
  'created',
  'updated',
  'completed',
]

/** What a field can be asked, the usual first. */
export function operatorsOf(field: Field): readonly Operator[] {
  switch (field) {
    case 'assignee':
    case 'label':
    case 'parent':
      return ['is', 'is_not', 'set', 'unset']
    case 'project':
    case 'status':
    case 'category':
    case 'priority':
      return ['is', 'is_not']
    case 'due':
    case 'completed':
      return ['before', 'from', 'is', 'is_not', 'set', 'unset']
    case 'created':
    case 'updated':
      return ['from', 'before', 'is', 'is_not']
    case 'title':
    case 'text':
      return ['contains', 'contains_not']
  }
}

export const isDay = (field: Field) => ['due', 'completed', 'created', 'updated'].includes(field)
export const isText = (field: Field) => field === 'title' || field === 'text'
/** Whether a condition is about one value, and not one of several. */
export const isSingle = (field: Field) => isDay(field) || isText(field)
export const needsValue = (op: Operator) => op !== 'set' && op !== 'unset'

export const emptyGroup: Group = { kind: 'group', join: 'all', not: false, parts: [] }

/** The parts of a filter as they are shown. */
export function read(filter: Filter): Group {
  const node = nodeOf(filter)
  if (node?.kind === 'group' && node.join === 'all' && !node.not) return node
  return { ...emptyGroup, parts: node ? [node] : [] }
}

function nodeOf(f: Filter): Node | undefined {
  if (f.field) return conditionOf(f) ?? { kind: 'other', filter: f }
  const parts = (f.all ?? []).flatMap((one: Filter) => nodeOf(one) ?? [])
  const any = (f.any ?? []).map((one: Filter) => nodeOf(one))
  // One that asks nothing holds for every task, and so does the whole of them.
  const some = any.every((one) => one !== undefined) ? any : []
  const not = f.not ? opposite(f.not) : undefined
  if (some.length > 0) {
    const group: Group = { kind: 'group', join: 'any', not: false, parts: some }
    if (parts.length === 0 && !not) return group
    parts.push(group)
  }
  if (not) {
    if (parts.length === 0) return not
    parts.push(not)
  }
  return parts.length > 0 ? { kind: 'group', join: 'all', not: false, parts } : undefined
}

const opposites: Partial<Record<Operator, Operator>> = {
  is: 'is_not',
  set: 'unset',
  unset: 'set',
  contains: 'contains_not',
}

function opposite(f: Filter): Node {
  const node = nodeOf(f)
  if (node?.kind === 'condition') {
    const op = opposites[node.op]
    return op ? { ...node, op } : { kind: 'group', join: 'all', not: true, parts: [node] }
  }
  if (node?.kind === 'group' && !node.not) return { ...node, not: true }
  return { kind: 'other', filter: { not: f } }
}

function conditionOf({ field, op, value }: Filter): Condition | undefined {
  if (!field || field === 'external') return undefined
  const make = (o: Operator, values: readonly Value[] = []): Condition | undefined =>
    operatorsOf(field).includes(o) ? { kind: 'condition', field, op: o, values } : undefined
  if (op === 'is_set' || (field === 'completed' && op === 'eq' && typeof value === 'boolean')) {
    if (value !== undefined && value !== null && typeof value !== 'boolean') return undefined
    return make(value === false ? 'unset' : 'set')
  }
  if (op === 'in' && Array.isArray(value) && value.length > 0 && value.every(isValue) && !isSingle(field))
    return make('is', value as Value[])
  if (!isValue(value)) return undefined
  if (op === 'eq') return make('is', [value])
  if (op === 'before') return make('before', [value])
  if (op === 'after') return make('from', [value])
  if (op === 'contains') return make('contains', [value])
  return undefined
}

const isValue = (v: unknown): v is Value => typeof v === 'string' || typeof v === 'number'

/** The filter that the parts make. What asks nothing yet is left out. */
export function write(root: Group): Filter {
  const parts = root.parts.flatMap((part) => filterOf(part) ?? [])
  if (parts.length === 0) return {}
  if (root.join === 'all' && !root.not) return { all: parts }
  return filterOf(root) ?? {}
}

function filterOf(node: Node): Filter | undefined {
  if (node.kind === 'other') return node.filter
  if (node.kind === 'condition') return leafOf(node)
  const parts = node.parts.flatMap((part) => filterOf(part) ?? [])
  if (parts.length === 0) return undefined
  const group: Filter = node.join === 'all' ? { all: parts } : { any: parts }
  return node.not ? { not: group } : group
}

function leafOf({ field, op, values }: Condition): Filter | undefined {
  const [first] = values
  if (needsValue(op) && (first === undefined || first === '')) return undefined
  const is: Filter =
    values.length === 1 || isSingle(field) ? { field, op: 'eq', value: first } : { field, op: 'in', value: [...values] }
  switch (op) {
    case 'is':
      return is
    case 'is_not':
      return { not: is }
    case 'before':
      return { field, op: 'before', value: first }
    case 'from':
      return { field, op: 'after', value: first }
    case 'set':
      return { field, op: 'is_set', value: true }
    case 'unset':
      return { field, op: 'is_set', value: false }
    case 'contains':
      return { field, op: 'contains', value: first }
    case 'contains_not':
      return { not: { field, op: 'contains', value: first } }
  }
}

/** How many conditions there are. */
export function countOf(node: Node): number {
  return node.kind === 'group' ? node.parts.reduce((sum, part) => sum + countOf(part), 0) : 1
}

/** The same condition asked in another way; values that it still can have stay. */
export function asked(c: Condition, op: Operator): Condition {
  return { ...c, op, values: needsValue(op) ? c.values : [] }
}
