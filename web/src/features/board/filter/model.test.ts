import fc from 'fast-check'
import { expect, it } from 'vitest'

import { makeTestStore, type Filter } from '../../../store'
import {
  countOf,
  fields,
  isDay,
  isText,
  needsValue,
  operatorsOf,
  read,
  write,
  type Condition,
  type Field,
  type Group,
  type Node,
} from './model'

const valuesOf = (field: Field): readonly (string | number)[] =>
  field === 'priority'
    ? [0, 1, 4]
    : field === 'category'
      ? ['todo', 'doing', 'done']
      : isDay(field)
        ? ['today', 'today+7', 'today-30', '2026-12-24']
        : isText(field)
          ? ['pier', 'a b']
          : field === 'assignee'
            ? ['me', 'none', '01940000-0000-7000-8000-000000000001']
            : ['01940000-0000-7000-8000-000000000001', '01940000-0000-7000-8000-000000000002']

const condition: fc.Arbitrary<Condition> = fc.constantFrom(...fields).chain((field) =>
  fc.constantFrom(...operatorsOf(field)).chain((op) => {
    const most = isDay(field) || isText(field) ? 1 : 3
    const values = needsValue(op)
      ? fc.uniqueArray(fc.constantFrom(...valuesOf(field)), { minLength: 1, maxLength: most })
      : fc.constant([])
    return values.map((v): Condition => ({ kind: 'condition', field, op, values: v }))
  }),
)
const group = (part: fc.Arbitrary<Node>): fc.Arbitrary<Group> =>
  fc.record({
    kind: fc.constant('group' as const),
    join: fc.constantFrom('all' as const, 'any' as const),
    not: fc.boolean(),
    parts: fc.array(part, { minLength: 1, maxLength: 3 }),
  })
const tree = group(fc.oneof(condition, group(fc.oneof(condition, group(condition))))).map((g): Group => ({
  ...g,
  join: 'all',
  not: false,
}))

it('shows again what it wrote', () => {
  fc.assert(
    fc.property(tree, (root) => {
      expect(write(read(write(root)))).toEqual(write(root))
    }),
  )
})

it('shows every condition as it was made', () => {
  fc.assert(
    fc.property(condition, (c) => {
      expect(read(write({ kind: 'group', join: 'all', not: false, parts: [c] })).parts).toEqual([c])
    }),
  )
})

it('writes only what can be asked', () => {
  const { memory } = makeTestStore()
  fc.assert(fc.property(tree, (root) => void memory.queries.get({ filter: write(root) }).tasks()))
})

it('finds the same before and after it was shown', () => {
  const { memory } = makeTestStore({
    task: Array.from({ length: 24 }, (_, i) => ({
      priority: i % 5,
      status: ['backlog', 'todo', 'doing', 'done'][i % 4],
      assignees: i % 3 ? ['ada'] : [],
    })),
  })
  const leaf: fc.Arbitrary<Filter> = fc.oneof(
    fc.integer({ min: 0, max: 4 }).map((value): Filter => ({ field: 'priority', op: 'eq', value })),
    fc.constantFrom<Filter>(
      { field: 'status', op: 'in', value: ['todo', 'doing'] },
      { field: 'assignee', op: 'eq', value: 'me' },
      { field: 'assignee', op: 'is_set' },
      { field: 'external', op: 'is_set' },
      { field: 'completed', op: 'eq', value: false },
    ),
  )
  const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.record(
        {
          all: fc.array(tie('filter'), { maxLength: 3 }),
          any: fc.array(tie('filter'), { maxLength: 3 }),
          not: tie('filter'),
        },
        { requiredKeys: [] },
      ) as fc.Arbitrary<Filter>,
    ),
  }))
  const found = (f: Filter) =>
    memory.queries
      .get({ filter: f })
      .tasks()
      .map((t) => t.id)
  fc.assert(
    fc.property(filter, (f) => {
      expect(found(write(read(f)))).toEqual(found(f))
    }),
  )
})

it('keeps what it cannot show, and leaves out what asks nothing', () => {
  const odd: Filter = { field: 'external', op: 'eq', value: 'jira:1' }
  const shown = read({ all: [odd, { field: 'priority', op: 'eq', value: 1 }] })
  expect(shown.parts[0]).toEqual({ kind: 'other', filter: odd })
  expect(write(shown)).toEqual({ all: [odd, { field: 'priority', op: 'eq', value: 1 }] })
  const unfinished: Condition = { kind: 'condition', field: 'title', op: 'contains', values: [] }
  expect(write({ ...shown, parts: [unfinished] })).toEqual({})
  expect(countOf(shown)).toBe(2)
})
