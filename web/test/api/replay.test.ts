import fc from 'fast-check'

import { grantID } from '../../src/store/history'
import { Memory } from '../../src/store/memory'
import type { Loaded, Touched } from '../../src/store/engine'
import type { Kind } from '../../src/store/types'
import { text, when } from './random'
import { Server, type Person, type Point } from './server'

let server: Server
let ada: Person
let bob: Person // a member
let eve: Person // a guest

beforeAll(async () => {
  server = await Server.start()
  ada = await server.register('Ada')
  bob = await (await server.register('Bob')).join(ada, 'member')
  eve = await (await server.register('Eve')).join(ada, 'guest')
})

afterAll(() => server?.stop())

type Rows = Map<string, object>

/** Somebody's engine, fed as the app feeds it: by a snapshot, then by events, with what no event tells read anew. */
class Follower {
  readonly memory = new Memory()
  private readonly disk: Rows = new Map()
  private at!: Point
  /** What happened before is known by the snapshot alone, which tells of no grants. */
  began = 0

  constructor(readonly who: Person) {
    this.memory.setContext({
      user: { id: who.id, name: who.name },
      workspace: { id: '', slug: '', name: '' },
      zone: 'UTC',
    })
  }

  async begin(): Promise<void> {
    const { at, rows } = await this.who.snapshot()
    this.memory.beginSnapshot()
    this.write(this.memory.load(rows))
    this.write(this.memory.endSnapshot(at.seq))
    this.at = at
    this.began = at.seq
  }

  async follow(): Promise<void> {
    const { events, at } = await this.who.changes(this.at)
    let anew = false
    const tasks = new Set<string>()
    for (const e of events) {
      const { touched, reload, tasks: past } = this.memory.applyEvent(e)
      this.write(touched)
      anew ||= reload !== undefined
      past?.forEach((t) => tasks.add(t))
    }
    this.at = at
    if (anew) await this.begin()
    else for (const t of tasks) await this.past(t)
  }

  private async past(task: string): Promise<void> {
    for (const kind of ['comment', 'attachment', 'relation'] as const) {
      const { status, body } = await this.who.try('GET', `/tasks/${task}/${kind}s?limit=200`)
      if (status === 200) this.write(this.memory.load((body as { items: never[] }).items.map((row) => ({ kind, row }))))
    }
  }

  /** As a disk does. */
  private write(touched: Touched[]): void {
    for (const { kind, id, row, description } of touched) {
      const key = `${kind} ${id}`
      const before = this.disk.get(key) as { description?: string } | undefined
      if (!row) this.disk.delete(key)
      else if (kind === 'task') this.disk.set(key, { ...row, description: description ?? before?.description })
      else this.disk.set(key, row)
    }
  }

  rows(): Rows {
    return sorted([...this.disk].filter(([key]) => !key.startsWith('grant ')))
  }

  inMemory(): Rows {
    const out: [string, object][] = []
    for (const kind of kinds) for (const row of this.memory.data.all(kind)) out.push([`${kind} ${row.id}`, row])
    return sorted(out)
  }
}

const kinds: Kind[] = ['project', 'label', 'member', 'view', 'task', 'comment', 'attachment', 'relation']
const sorted = (rows: [string, object][]) => new Map(rows.sort(([a], [b]) => (a < b ? -1 : 1)))
const rowsOf = (rows: Loaded[]) => sorted(rows.map((r) => [`${r.kind} ${r.row.id}`, r.row]))

function bare(rows: Rows): Rows {
  return new Map(
    [...rows].map(([k, { description, ...row }]: [string, { description?: string }]) => [
      k,
      k.startsWith('task ') ? row : { ...row, ...(description === undefined ? {} : { description }) },
    ]),
  )
}

/** A write: what is asked for, with numbers in place of what is not known beforehand. */
type Write = [act: number, a: number, b: number, c: number, text: string, due: object | null]

const write: fc.Arbitrary<Write> = fc.tuple(fc.nat(31), fc.nat(999), fc.nat(999), fc.nat(999), text, fc.option(when))

async function perform([act, a, b, c, words, due]: Write): Promise<void> {
  const who = [ada, ada, bob][c % 3]!
  const { rows } = await ada.snapshot()
  const of = <K extends Kind>(kind: K) =>
    rows.filter((r) => r.kind === kind).map((r) => r.row) as Extract<Loaded, { kind: K }>['row'][]
  const pick = <T>(list: T[], n: number): T | undefined => list[n % Math.max(list.length, 1)]
  const project = pick(of('project'), a)
  const task = pick(of('task'), a)
  const other = pick(of('task'), b)
  const label = pick(of('label'), b)
  const status = pick(project?.statuses ?? [], b)
  const view = pick(of('view'), a)
  const comment = pick(of('comment'), a)
  const person = pick([ada, bob, eve], b)!
  const name = `${words} ${a}`.slice(0, 60)
  const trash = async (type: string) => {
    const { items } = await ada.do<{ items: { type: string; id: string }[] }>('GET', '/trash?limit=200')
    return pick(
      items.filter((i) => i.type === type),
      a,
    )?.id
  }
  const at = (path: string) => `/tasks/${task?.id}${path}`
  const acts: (() => Promise<unknown>)[] = [
    () => who.try('POST', '/projects', { name, access: b % 3 ? 'workspace' : 'private' }),
    () =>
      who.try('POST', '/tasks', {
        project: project?.id,
        title: words,
        description: words,
        due: due ?? undefined,
        labels: label ? [label.id] : [],
      }),
    () => who.try('POST', '/tasks', { project: task?.project, title: words, parent: task?.id }),
    () =>
      who.try('POST', '/tasks', {
        project: task?.project,
        title: words,
        parent: task?.id,
        place: 'first',
        assignees: [who.id],
      }),
    () => who.try('PATCH', at(''), { title: words, due, priority: b % 5 }),
    () => who.try('PATCH', at(''), { description: words, assignees_add: [person.id] }),
    () =>
      who.try('PATCH', at(''), {
        status: pick(of('project').find((p) => p.id === task?.project)?.statuses ?? [], b)?.id,
      }),
    () => who.try('PATCH', at(''), { labels_add: label ? [label.id] : [], estimate: c }),
    () => who.try('PATCH', at(''), { place: other ? { after: other.id } : 'first' }),
    () => who.try('PATCH', at(''), { parent: other?.id ?? null }),
    () => who.try('PATCH', at(''), { parent: null }),
    () => who.try('POST', at('/move'), { project: project?.id, with_children: b % 2 === 0 }),
    () => who.try('POST', at('/move'), { project: pick(of('project'), b)?.id, with_children: true }),
    () => who.try('DELETE', at('')),
    async () => who.try('POST', `/tasks/${await trash('task')}/restore`),
    async () => ada.try('DELETE', `/trash/task/${await trash('task')}`),
    () => who.try('POST', at('/comments'), { body: words }),
    () => who.try('PATCH', `/tasks/${comment?.task}/comments/${comment?.id}`, { body: words }),
    () => who.try('DELETE', `/tasks/${comment?.task}/comments/${comment?.id}`),
    () => who.try('POST', at('/relations'), { type: ['blocks', 'relates', 'duplicates'][b % 3], task: other?.id }),
    () => who.try('DELETE', at(`/relations?type=${['blocks', 'relates'][b % 2]}&task=${other?.id}`)),
    () => who.try('POST', '/labels', { name, color: '' }),
    () => (b % 4 ? who.try('PATCH', `/labels/${label?.id}`, { name }) : who.try('DELETE', `/labels/${label?.id}`)),
    () => ada.try('PATCH', `/projects/${project?.id}`, { name, key: `K${b}`, place: 'first' }),
    () =>
      ada.try('PATCH', `/projects/${project?.id}`, { access: b % 2 ? 'workspace' : 'private', archived: c % 7 === 0 }),
    async () =>
      b % 3
        ? ada.try('POST', `/projects/${await trash('project')}/restore`)
        : ada.try('DELETE', `/projects/${project?.id}`),
    () => ada.try('POST', `/projects/${project?.id}/statuses`, { name, category: ['todo', 'done'][b % 2] }),
    () =>
      ada.try('PATCH', `/projects/${project?.id}/statuses/${status?.id}`, {
        category: ['todo', 'done'][c % 2],
        place: 'first',
      }),
    () =>
      ada.try(
        'DELETE',
        `/projects/${project?.id}/statuses/${status?.id}?move_to=${pick(project?.statuses ?? [], c)?.id}`,
      ),
    () =>
      ada.try('PUT', `/projects/${project?.id}/members/${(c % 2 ? bob : eve).id}`, {
        role: ['viewer', 'editor', 'admin'][b % 3],
      }),
    () => ada.try('DELETE', `/projects/${project?.id}/members/${(c % 2 ? bob : eve).id}`),
    () =>
      b % 4 === 0
        ? who.try('POST', '/views', { name, query: {}, shared: c % 2 === 0, project: a % 2 ? project?.id : undefined })
        : b % 4 === 1
          ? who.try('DELETE', `/views/${view?.id}`)
          : who.try('PATCH', `/views/${view?.id}`, { name, shared: c % 2 === 0 }),
  ]
  await acts[act]!()
}

test('snapshot and history lead to the same rows, for whoever reads them', async () => {
  const followers = [ada, bob, eve].map((who) => new Follower(who))
  for (const f of followers) await f.begin()
  const seed = process.env.SEED ? Number(process.env.SEED) : undefined
  const rounds = Number(process.env.RUNS ?? 40)
  const writes = fc.sample(write, { numRuns: rounds * 6, ...(seed === undefined ? {} : { seed }) })
  for (let i = 0; i < 12; i++) await perform([[0, 1, 1, 2, 1, 3, 21, 21, 16, 19, 1, 2][i]!, i, i + 1, i, 'Begin', null])
  for (let round = 0; round < rounds; round++) {
    const some = writes.slice(round * 6, round * 6 + 6)
    for (const w of some) await perform(w)
    for (const f of followers) {
      await f.follow()
      const { rows } = await f.who.snapshot()
      const told = `${f.who.name} after ${JSON.stringify(some)}`
      expect(f.rows(), told).toEqual(rowsOf(rows))
      expect(f.inMemory(), told).toEqual(bare(rowsOf(rows)))
      for (const p of f.memory.data.all('project')) {
        const { body } = await f.who.try('GET', `/projects/${p.id}/members?limit=200`)
        const mine = (body as { items: { user: string; role: string; version: number }[] }).items.find(
          (g) => g.user === f.who.id,
        )
        const known = f.memory.data.get('grant', grantID(p.id, f.who.id))
        if (known || (mine && mine.version > f.began)) expect(known?.role, told).toBe(mine?.role)
      }
    }
  }
})
