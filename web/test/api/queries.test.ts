import fc from 'fast-check'

import { Memory } from '../../src/store/memory'
import type { Filter, GroupBy, Project, Query, Task } from '../../src/store/types'
import { day, filters, sort, text, when, zones, type Named } from './random'
import { Server, type Person } from './server'

let server: Server
let ada: Person
let named: Named
let memory: Memory

const some = <T>(of: fc.Arbitrary<T>, n: number): T[] => fc.sample(of, n)

beforeAll(async () => {
  server = await Server.start()
  ada = await server.register('Ada')
  const bob = await (await server.register('Bob')).join(ada, 'member')
  const projects: Project[] = []
  for (const name of ['Website', 'Ädmin', 'Tower']) projects.push(await ada.do<Project>('POST', '/projects', { name }))
  const labels: string[] = []
  for (const name of ['one', 'two', 'three'])
    labels.push((await ada.do<{ id: string }>('POST', '/labels', { name })).id)
  const people = [ada.id, bob.id]
  const tasks = some(
    fc.record({
      project: fc.constantFrom(...projects),
      title: text,
      description: fc.option(text, { nil: '' }),
      status: fc.integer({ min: 0, max: 3 }),
      priority: fc.integer({ min: 0, max: 4 }),
      assignees: fc.subarray(people),
      labels: fc.subarray(labels),
      due: fc.option(when),
      start: fc.option(when),
      created_at: fc.oneof(
        day.filter((d) => d > '2000' && d < '2027').map((d) => `${d}T12:34:56.789Z`),
        fc.constant('2026-01-01T00:00:00.000Z'),
      ),
    }),
    130,
  )
  const changes = tasks.map((t, i) => ({
    op: 'create',
    task: {
      ...t,
      project: t.project.id,
      status: t.project.statuses[t.status]!.id,
      due: t.due ?? undefined,
      start: t.start ?? undefined,
      ...(i < 4
        ? {
            external: [
              { source: 'trello', id: '1' },
              { source: 'trello', id: '2' },
              { source: 'jira', id: 'a:b' },
              { source: 'jira', id: 'a' },
            ][i],
          }
        : {}),
    },
  }))
  const made = await ada.do<{ results: { task: Task }[] }>('POST', '/tasks/batch', { changes }, ada.token)
  const roots = made.results.map((r) => r.task)
  const parents = roots.slice(0, 5).map((t) => t.id)
  for (const t of roots.slice(5, 60)) {
    const parent = roots.slice(0, 5).find((p) => p.project === t.project)
    if (parent) await ada.do('PATCH', `/tasks/${t.id}`, { parent: parent.id, place: 'first' })
  }
  for (const t of roots.slice(60, 75)) await ada.do('PATCH', `/tasks/${t.id}`, { place: 'first' })
  await ada.do('PATCH', `/projects/${projects[1]!.id}`, { place: 'first' })
  named = {
    projects: projects.map((p) => p.id),
    statuses: projects.flatMap((p) => p.statuses.map((s) => s.id)),
    people,
    labels,
    parents,
  }
  memory = await fed()
})

afterAll(() => server?.stop())

/** An engine that has what the snapshot holds. */
async function fed(): Promise<Memory> {
  const m = new Memory()
  m.setContext({ user: { id: ada.id, name: 'Ada' }, workspace: { id: ada.workspace, slug: '', name: '' }, zone: 'UTC' })
  const { rows } = await ada.snapshot()
  const descriptions = rows.filter((r) => r.kind === 'task').map((r) => [r.row.id, r.row.description ?? ''] as const)
  m.setDescriptions({
    get: () => Promise.resolve(undefined),
    each: (visit) => Promise.resolve(descriptions.forEach(([id, d]) => visit(id, d))),
  })
  m.load(rows)
  return m
}

async function answers(q: Query): Promise<readonly Task[]> {
  const live = memory.queries.get(q)
  await new Promise((done) => setImmediate(done)) // descriptions are looked into
  return live.tasks()
}

test('a filter and a sort give what the API gives, in its order', async () => {
  await fc.assert(
    fc.asyncProperty(filters(named), sort, fc.constantFrom(...zones), async (filter, sort, zone) => {
      const params = new URLSearchParams({ limit: '200', tz: zone, ...(sort ? { sort } : {}) })
      const asked = await ada.try('POST', `/tasks/query?${params}`, filter)
      fc.pre(asked.status !== 422) // a filter that is refused has no meaning
      const want = (asked.body as { items: Task[] }).items.map((t) => t.id)
      const got = await answers({ filter, ...(sort ? { sort } : {}), zone })
      expect(got.map((t) => t.id)).toEqual(want)
    }),
    { numRuns: Number(process.env.RUNS ?? 300) },
  )
})

test('groups are those of the API, in its order', async () => {
  const by = fc.constantFrom<GroupBy>('status', 'assignee', 'priority', 'label', 'due')
  const picked = fc.record(
    {
      project: fc.subarray(named.projects),
      status: fc.subarray(named.statuses),
      assignee: fc.subarray([...named.people, 'none']),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(picked, by, sort, fc.constantFrom(...zones), async (picked, by, sort, zone) => {
      const given = Object.entries(picked).filter(([, v]) => v && v.length > 0) as [Filter['field'], string[]][]
      const params = new URLSearchParams({ limit: '200', group_by: by, tz: zone, ...(sort ? { sort } : {}) })
      for (const [field, values] of given) params.set(field!, values.join(','))
      const { groups } = await ada.do<{ groups: { key: string; items: Task[] }[] }>('GET', `/tasks/groups?${params}`)
      const filter: Filter = { all: given.map(([field, value]) => ({ field, op: 'in', value })) }
      const got = memory.queries.get({ filter, ...(sort ? { sort } : {}), zone }).grouped(by)
      expect(got.map((g) => [g.key, g.tasks.map((t) => t.id)])).toEqual(
        groups.map((g) => [g.key, g.items.map((t) => t.id)]),
      )
    }),
    { numRuns: Number(process.env.RUNS ?? 150) },
  )
})
