import fc from 'fast-check'

import { makeTestStore } from './testStore'
import type { GroupBy, Query, Task } from './types'

const queries: Query[] = [
  {},
  { filter: { field: 'project', op: 'eq', value: 'project-1' } },
  { filter: { field: 'status', op: 'in', value: ['todo', 'done'] }, sort: '-due' },
  { filter: { not: { field: 'completed', op: 'eq', value: true } }, sort: 'priority' },
  { filter: { field: 'label', op: 'eq', value: 'l1' }, sort: 'title' },
  { filter: { field: 'title', op: 'contains', value: 'a' }, sort: '-updated' },
  { filter: { field: 'parent', op: 'eq', value: 'task-1' } },
]

const change = fc.record({
  title: fc.constantFrom('a', 'b', 'B', 'ä', 'ab'),
  status: fc.constantFrom('todo', 'doing', 'done'),
  priority: fc.nat(4),
  labels: fc.subarray(['l1', 'l2']),
  due: fc.option(fc.constantFrom('2026-01-01', '2026-06-01')),
  parent: fc.option(fc.constant('task-1')),
  place: fc.constantFrom('first', 'last', undefined) as fc.Arbitrary<'first' | 'last' | undefined>,
})

test('an answer that is kept up to date is the one that is found anew', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 2, max: 12 }), fc.constantFrom('change', 'delete', 'add', 'undo'), change), {
        maxLength: 25,
      }),
      (steps) => {
        const store = makeTestStore({
          project: [{}],
          label: [{ id: 'l1' }, { id: 'l2' }],
          task: Array.from({ length: 12 }, () => ({})),
        })
        const live = queries.map((q) => store.memory.queries.get(q))
        live.forEach((q) => q.grouped('label'))
        for (const [n, what, patch] of steps) {
          if (what === 'change') store.act.updateTask(`task-${n}`, patch)
          if (what === 'delete') store.act.deleteTasks([`task-${n}`])
          if (what === 'add') store.act.createTask({ project: 'project-1', title: patch.title, labels: patch.labels })
          if (what === 'undo') store.act.undoLast()
        }
        const kept = live.map((q) => [q.tasks(), q.grouped('label')])
        store.memory.queries.clear()
        const anew = queries.map((q) => [
          store.memory.queries.get(q).tasks(),
          store.memory.queries.get(q).grouped('label'),
        ])
        expect(kept).toEqual(anew)
      },
    ),
    { numRuns: 60 },
  )
})

test('an answer and its groups stay the same while nothing in them changes', () => {
  const { memory, act } = makeTestStore({
    project: [{}, { id: 'p2', statuses: [{ id: 's', name: 'S', category: 'todo', color: '' }] }],
    task: [{}, { status: 'done' }, { project: 'p2', status: 's' }],
  })
  const q = memory.queries.get({ filter: { field: 'project', op: 'eq', value: 'project-1' } })
  const told = vi.fn()
  memory.topics.subscribe('query ' + JSON.stringify([{ field: 'project', op: 'eq', value: 'project-1' }, '', '']), told)
  const tasks = q.tasks()
  const [, todo, , done] = q.grouped('status')
  act.updateTask('task-3', { title: 'Elsewhere' })
  expect(q.tasks()).toBe(tasks)
  expect(told).not.toHaveBeenCalled()
  act.updateTask('task-1', { title: 'Here' })
  expect(told).toHaveBeenCalledTimes(1)
  expect(q.tasks()).not.toBe(tasks)
  expect(q.grouped('status')[3]).toBe(done)
  expect(q.grouped('status')[1]).not.toBe(todo)
})

test('several changes at once are told once', () => {
  const { memory, act } = makeTestStore({ project: [{}], task: [{}, {}, {}] })
  const told = vi.fn()
  memory.queries.get({})
  memory.topics.subscribe('query ' + JSON.stringify([{}, '', '']), told)
  act.updateTasks(['task-1', 'task-2', 'task-3'], { priority: 1 })
  expect(told).toHaveBeenCalledTimes(1)
})

test('what depends on the day is answered anew on the next', () => {
  let now = Date.parse('2026-03-01T12:00:00Z')
  const due = (date: string): Partial<Task> => ({
    due: { date, time: null, time_zone: null },
    due_at: `${date}T23:59:59.999Z`,
  })
  const { memory } = makeTestStore({ project: [{}], task: [due('2026-03-01'), due('2026-03-02')], now: () => now })
  const q = memory.queries.get({ filter: { field: 'due', op: 'eq', value: 'today' } })
  const keys = (by: GroupBy) =>
    memory.queries
      .get({})
      .grouped(by)
      .map((g) => g.key)
  memory.tick()
  expect(q.tasks().map((t) => t.id)).toEqual(['task-1'])
  expect(keys('due')).toEqual(['today', 'tomorrow'])
  now += 86_400_000
  memory.tick()
  expect(q.tasks().map((t) => t.id)).toEqual(['task-2'])
  expect(keys('due')).toEqual(['overdue', 'today'])
})

test('words are found in titles at once, and in descriptions as soon as these were looked into', async () => {
  const { memory, act } = makeTestStore({ project: [{}], task: [{ title: 'Pier' }, { description: 'About the pier' }] })
  const q = memory.queries.get({ filter: { field: 'text', op: 'contains', value: 'pie' }, sort: 'position' })
  expect(q.tasks().map((t) => t.id)).toEqual(['task-1'])
  await Promise.resolve()
  await Promise.resolve()
  expect(q.tasks().map((t) => t.id)).toEqual(['task-1', 'task-2'])
  act.updateTask('task-1', { title: 'Quay' })
  expect(q.tasks().map((t) => t.id)).toEqual(['task-2'])
})
