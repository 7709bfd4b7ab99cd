import fc from 'fast-check'

import { makeStore, type Store } from '../../src/store/context'
import type { Action } from '../../src/store/action'
import type { Loaded, Op } from '../../src/store/engine'
import { requestOf } from '../../src/store/request'
import type { Kind, Place, Project, Task } from '../../src/store/types'
import { plainWhen, text } from './random'
import { Server, type Person, type Point } from './server'

let server: Server
let ada: Person
let bob: Person

beforeAll(async () => {
  server = await Server.start()
  ada = await server.register('Ada')
  bob = await (await server.register('Bob')).join(ada, 'admin')
})

afterAll(() => server?.stop())

/** Ada's store, whose changes are sent when the test says so, and who is told of the history when the test says so. */
class Client {
  readonly store: Store
  readonly refused: string[] = []
  /** Called whenever something was heard of the server. */
  told: () => void = () => undefined
  private readonly queue: Op[] = []
  private at!: Point

  constructor() {
    this.store = makeStore()
    this.store.memory.setContext({
      user: { id: ada.id, name: 'Ada' },
      workspace: { id: '', slug: '', name: '' },
      zone: 'UTC',
    })
    this.store.memory.onOp((op) => this.queue.push(op))
  }

  async begin(): Promise<void> {
    const { memory } = this.store
    const { at, rows } = await ada.snapshot()
    memory.beginSnapshot()
    memory.load(rows)
    memory.endSnapshot(at.seq)
    this.at = at
  }

  async follow(): Promise<void> {
    const { memory } = this.store
    const { events, at } = await ada.changes(this.at)
    let anew = false
    const tasks = new Set<string>()
    memory.together(() => {
      for (const e of events) {
        const applied = memory.applyEvent(e)
        anew ||= applied.reload !== undefined
        applied.tasks?.forEach((t) => tasks.add(t))
      }
      memory.reached(at.seq)
    })
    this.at = at
    this.told()
    if (anew) return this.begin()
    for (const t of tasks) {
      for (const kind of ['comment', 'relation'] as const) {
        const { status, body } = await ada.try('GET', `/tasks/${t}/${kind}s?limit=200`)
        if (status === 200) memory.load((body as { items: never[] }).items.map((row) => ({ kind, row })))
      }
    }
  }

  /** Sends what waits, in its order. between runs after the server has done it and before its answer is here. */
  async send(between: () => Promise<void> = async () => undefined): Promise<void> {
    const { memory } = this.store
    for (let op = this.queue.shift(); op; op = this.queue.shift()) {
      const action = memory.pending().find((o) => o.id === op!.id)?.action ?? op.action
      const { method, path, body, headers } = requestOf(action)
      const { status, seq, body: answer } = await ada.try(method, path, body, headers)
      await between()
      if (status < 300) {
        memory.settle(op.id, rowsOf(action, answer), seq)
        this.told()
      } else {
        this.refused.push(`${action.kind} ${status} ${JSON.stringify(answer)}`)
        memory.refuse(op.id, { status, code: '', detail: '', errors: [], conflicts: [] })
      }
    }
  }

  rows(): Map<string, object> {
    const out: [string, object][] = []
    for (const kind of kinds) for (const row of this.store.memory.data.all(kind)) out.push([`${kind} ${row.id}`, row])
    return new Map(out.sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}

const kinds: Kind[] = ['project', 'label', 'member', 'view', 'task', 'comment', 'relation']

function rowsOf(a: Action, body: unknown): Loaded[] {
  if (a.kind === 'batch')
    return (body as { results: { task: Task | null }[] }).results.flatMap(({ task }) =>
      task ? [{ kind: 'task', row: task }] : [],
    )
  const kind = a.kind.split('.')[0] as Kind | 'status'
  return body && kind !== 'status' ? [{ kind, row: body } as Loaded] : []
}

async function snapshotRows(): Promise<Map<string, object>> {
  const { rows } = await ada.snapshot()
  const out = rows.map((r): [string, object] => {
    const { description, ...row } = r.row as { id: string; description?: string }
    return [`${r.kind} ${row.id}`, r.kind === 'task' || description === undefined ? row : { ...row, description }]
  })
  return new Map(out.sort(([a], [b]) => (a < b ? -1 : 1)))
}

type Deed = [what: number, a: number, b: number, text: string, due: object | null]
const deed: fc.Arbitrary<Deed> = fc.tuple(fc.nat(24), fc.nat(999), fc.nat(999), text, fc.option(plainWhen))

/** Does something that the server will not refuse, if there is anything to do it to. */
function perform({ memory, act }: Store, [what, a, b, words, due]: Deed): void {
  const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(list.length, 1)]
  const tasks = memory.queries.get({ sort: 'created' }).tasks()
  const project = pick(memory.reads.projects(), a)
  const task = pick(tasks, a)
  const label = pick(memory.reads.labels(), b)
  if (!project || (what === 24 && memory.reads.projects().length < 4))
    return void act.createProject({ name: `${words} ${a}`, ...(b % 2 ? { key: `K${a}X${b}` } : {}) })
  if (!task || tasks.length < 4) return void act.createTask({ project: project.id, title: words })
  const own = memory.reads.project(task.project)!
  const others = tasks.filter((t) => t.project === task.project && t.id !== task.id)
  const other = pick(others, b)
  const siblings = others.filter((t) => t.parent === task.parent)
  const beside = pick(siblings, b)
  const place: Place = !beside
    ? 'first'
    : ([{ after: beside.id }, { before: beside.id }, 'first', 'last'] as const)[a % 4]!
  const roots = others.filter((t) => !t.parent && t.child_count === 0)
  const root = pick(roots, b)
  const deeds: (() => unknown)[] = [
    () => act.createTask({ project: project.id, title: words, due: due as never, labels: label ? [label.id] : [] }),
    () =>
      act.createTask({
        project: task.project,
        title: words,
        parent: task.parent ?? task.id,
        place: 'first',
        assignees: [ada.id],
      }),
    () =>
      act.createTask({
        project: task.project,
        title: words,
        parent: task.parent ?? task.id,
        status: pick(own.statuses, b)!.id,
      }),
    () => act.updateTask(task.id, { title: words, due: due as never }),
    () => act.updateTask(task.id, { status: pick(own.statuses, b)!.id }),
    () =>
      act.updateTasks(
        tasks.slice(a % 3, (a % 3) + 3).map((t) => t.id),
        { priority: b % 5, assignees_add: [bob.id] },
      ),
    () => act.updateTask(task.id, { assignees: b % 2 ? [ada.id] : [], labels_add: label ? [label.id] : [] }),
    () => act.updateTask(task.id, { place }),
    () => act.updateTask(task.id, { place }),
    () => act.updateTask(task.id, { place }),
    () => root && task.child_count === 0 && act.updateTask(task.id, { parent: root.id }),
    () => act.updateTask(task.id, { parent: null }),
    () => act.moveTask(task.id, { project: project.id, children: b % 2 === 0 }),
    () => act.deleteTasks([task.id]),
    () => other && act.deleteTasks([task.id, other.id]),
    () => act.createComment(task.id, words),
    () => act.updateComment([...memory.data.all('comment')][a % 5]?.id ?? '', words),
    () => act.deleteComment([...memory.data.all('comment')][a % 5]?.id ?? ''),
    () => other && act.relate(task.id, 'relates', other.id),
    () =>
      act.unrelate([...memory.data.all('relation')][0] ?? { type: 'relates', task: task.id, other: other?.id ?? '' }),
    () => (label && a % 2 ? act.deleteLabel(label.id) : act.createLabel({ name: `${words} ${a} ${b}` })),
    () =>
      b % 3
        ? act.createStatus(own.id, { name: words.slice(0, 20), category: (['todo', 'done'] as const)[b % 2]! })
        : own.statuses[4] && act.deleteStatus(own.id, own.statuses[b % 4]!.id, own.statuses[4]!.id),
    () =>
      act.updateStatus(own.id, pick(own.statuses, b)!.id, {
        category: (['todo', 'done'] as const)[a % 2]!,
        place: 'first',
      }),
    () => act.updateProject(own.id, { name: words, ...(a % 2 ? { key: `Q${a}X${b}` } : { place: 'first' }) }),
    () =>
      a % 2 ? act.undoLast() : act.createView({ name: words, query: { field: 'project', op: 'eq', value: own.id } }),
  ]
  deeds[what]!()
}

/** What of tasks, comments and ties is told before the server has said so. */
function foretold({ store }: Client): object[] {
  const { data } = store.memory
  const tasks = [...data.all('task')].map((t) => {
    const { key, number, previous_keys, version, created_at, updated_at, completed_at, ...rest } = t
    return { ...rest, completed: completed_at !== null }
  })
  const seen = (task: string) => data.get('task', task) !== undefined
  const comments = [...data.all('comment')]
    .filter((c) => seen(c.task))
    .map(({ id, task, body }) => ({ id, task, body }))
  const ties = [...data.all('relation')]
    .filter((r) => seen(r.task) && seen(r.other))
    .map(({ type, task, other }) => ({ id: `${type} ${task} ${other}` }))
  return [...tasks, ...comments, ...ties].sort((a, b) => (a.id < b.id ? -1 : 1))
}

test('what is shown at once is what the server makes of it', async () => {
  const client = new Client()
  await client.begin()
  const deeds = fc.sample(deed, {
    numRuns: Number(process.env.RUNS ?? 120),
    ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}),
  })
  for (const d of deeds) {
    perform(client.store, d)
    const shown = foretold(client)
    client.told = () => expect(foretold(client), JSON.stringify(d)).toEqual(shown)
    await client.send(d[1] % 2 ? () => client.follow() : undefined)
    await client.follow()
    expect(client.refused.splice(0), JSON.stringify(d)).toEqual([])
    expect(client.rows(), JSON.stringify(d)).toEqual(await snapshotRows())
  }
})

test('with others at work and answers late, all ends as the server has it', async () => {
  const client = new Client()
  await client.begin()
  const deeds = fc.sample(fc.tuple(deed, fc.nat(5)), Number(process.env.RUNS ?? 120))
  for (const [d, when] of deeds) {
    perform(client.store, d)
    if (when === 0) await meddle(client, d)
    if (when === 1) await client.follow()
    if (when > 1) continue
    await client.send(d[1] % 2 ? () => client.follow() : undefined)
    await client.follow()
    expect(client.store.memory.pending()).toEqual([])
    expect(client.rows(), JSON.stringify(d)).toEqual(await snapshotRows())
  }
})

/** Bob does something to what Ada has changed. */
async function meddle({ store }: Client, [what, a, b, words]: Deed): Promise<void> {
  const tasks = store.memory.queries.get({ sort: 'created' }).tasks()
  const task = tasks[a % Math.max(tasks.length, 1)]
  const project = store.memory.reads.projects()[b % 2] as Project | undefined
  const asks: [string, string, object?][] = [
    ['PATCH', `/tasks/${task?.id}`, { title: words, priority: 1 }],
    ['PATCH', `/tasks/${task?.id}`, { place: 'first', status: project?.statuses[0]?.id }],
    ['DELETE', `/tasks/${task?.id}`],
    ['POST', `/tasks/${task?.id}/comments`, { body: words }],
    ['POST', '/tasks', { project: task?.project, parent: task?.id, title: words }],
    ['PATCH', `/projects/${project?.id}`, { key: `B${a}` }],
    ['DELETE', `/projects/${b % 7 ? '' : project?.id}`],
  ]
  await bob.try(...asks[what % asks.length]!)
}
