import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { makeStore, type Store } from '../context'
import { requestOf } from '../request'
import type { Disk } from './disk'
import { IdbDisk } from './idbDisk'
import { MemoryDisk } from './memoryDisk'
import { Server } from './net'
import { Sync } from './sync'
import { problem, TestServer } from './testServer'

let server: TestServer
let tabs: Sync[] = []
let run = 0

beforeEach(() => {
  run++
  server = new TestServer().signIn()
  server.task('a', { description: 'Alpha words' })
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('fetch', server.fetch)
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  for (const t of tabs) t.close()
  tabs = []
  localStorage.clear()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

async function tab(disk?: Disk): Promise<Store & { sync: Sync; gone: () => number }> {
  const store = makeStore()
  store.memory.setContext({
    user: { id: 'u1', name: 'Ada' },
    workspace: { id: 'w1', slug: 'harbour', name: 'Harbour' },
    zone: 'UTC',
  })
  let gone = 0
  const sync = new Sync({
    engine: store.memory,
    disk: disk ?? (await IdbDisk.open('rung:u1:w1', () => undefined)),
    server: new Server('w1'),
    name: 'test' + run,
    wanted: { project: 'WEB' },
    me: 'u1',
    browser: { storage: localStorage },
    requestOf,
    gone: () => gone++,
  })
  tabs.push(sync)
  return { ...store, sync, gone: () => gone }
}

const title = (s: Store, id: string) => s.memory.data.get('task', id)?.title
const live = (s: Store) => expect.poll(() => s.memory.sync.state + s.memory.loaded, { timeout: 5000 }).toBe('liveall')
const quiet = (s: Store) => expect.poll(() => s.memory.sync.waiting, { timeout: 8000 }).toBe(0)

test('a first visit shows the snapshot and follows what happens', async () => {
  const t = await tab()
  await live(t)
  expect(title(t, 'a')).toBe('a')
  expect(await t.sync.disk.text('a')).toBe('Alpha words')
  server.create('b')
  await expect.poll(() => title(t, 'b')).toBe('b')
})

test('a second visit shows what the disk has, without the network, and then goes on from there', async () => {
  const first = await tab()
  await live(first)
  server.create('b', { description: 'Beta words' })
  server.change('a', { title: 'Apple' })
  await expect.poll(() => first.sync.disk.cursor()).toBe('e1-3')
  first.sync.close()

  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  const second = await tab()
  await second.sync.arrived
  expect([title(second, 'a'), title(second, 'b'), second.memory.loaded]).toEqual(['Apple', 'b', 'all'])
  expect(await second.sync.disk.text('b')).toBe('Beta words')
  await expect.poll(() => second.memory.sync.state).toBe('offline')

  server.change('a', { title: 'Apricot' })
  vi.stubGlobal('fetch', server.fetch)
  window.dispatchEvent(new Event('online'))
  await expect.poll(() => title(second, 'a')).toBe('Apricot')
  expect(server.snapshots).toBe(1)
})

test('what was deleted stays deleted on the disk, packed or not', async () => {
  const first = await tab()
  await live(first)
  server.create('b', { description: 'Beta words' })
  first.act.deleteTasks(['a'])
  await quiet(first)
  await expect.poll(() => first.sync.disk.cursor()).toBe('e1-3')
  await first.sync.disk.tidy(true)
  first.sync.close()
  const second = await tab()
  await second.sync.arrived
  expect([title(second, 'a'), title(second, 'b')]).toEqual([undefined, 'b'])
  expect(await second.sync.disk.text('b')).toBe('Beta words')
  expect(await second.sync.disk.text('a')).toBeFalsy()
})

test('a stream that the server ends is opened again at once, and nothing is missed or seen as offline', async () => {
  const t = await tab()
  await live(t)
  const states: string[] = []
  t.memory.topics.subscribe('sync', () => states.push(t.memory.sync.state))
  server.endStreams()
  server.create('b')
  await expect.poll(() => title(t, 'b')).toBe('b')
  expect(new Set([...states, 'live'])).toEqual(new Set(['live']))
})

test('a history that is gone is read anew while what is shown stays', async () => {
  const t = await tab()
  await live(t)
  server.epoch = 'e2'
  server.tasks.delete('a')
  server.task('b')
  let seen: string | undefined = 'nothing'
  server.before = (r) => {
    if (r.url.endsWith('/snapshot')) seen = title(t, 'a')
    return undefined
  }
  server.endStreams()
  await expect.poll(() => title(t, 'b')).toBe('b')
  expect(seen).toBe('a')
  expect(title(t, 'a')).toBeUndefined()
  expect(await t.sync.disk.cursor()).toBe('e2-1')
})

test('a snapshot that breaks off is taken again', async () => {
  let broken = 0
  server.before = (r) => {
    if (!r.url.endsWith('/snapshot') || broken++ > 0) return undefined
    return new Response('{"epoch":"e1","seq":1}\n{"entity":"task","da')
  }
  const t = await tab()
  await live(t)
  expect(title(t, 'a')).toBe('a')
})

test('changes are sent in their order, and again after the network failed', async () => {
  const t = await tab()
  await live(t)
  let down = 2
  server.before = (r) => (r.method === 'POST' && down-- > 0 ? problem(503, 'unavailable') : undefined)
  t.act.createTask({ id: 'n1', project: 'p1', title: 'One' })
  const second = t.act.createTask({ id: 'n2', project: 'p1', title: 'Two' })
  expect([title(t, 'n1'), t.memory.sync.waiting]).toEqual(['One', 2])
  await second.saved
  await quiet(t)
  expect(server.asked.map((a) => a.body?.id)).toEqual(['n1', 'n2'])
})

test('an answer that is lost makes nothing twice', async () => {
  const t = await tab()
  await live(t)
  let lost = 1
  server.after = (r) => {
    if (r.method === 'POST' && lost-- > 0) throw new TypeError('the answer is lost')
  }
  await t.act.createTask({ id: 'n1', project: 'p1', title: 'One' }).saved
  expect(server.asked.map((a) => a.body?.id)).toEqual(['n1', 'n1'])
  expect([...server.tasks.keys()]).toEqual(['a', 'n1'])
})

test('what is refused is rolled back and kept with its words, with what depends on it, until it is dismissed', async () => {
  const t = await tab()
  await live(t)
  t.act.createTask({ id: 'n1', project: 'p1', title: '' })
  t.act.updateTask('n1', { priority: 1 })
  t.act.createTask({ id: 'n2', project: 'p1', title: 'Two' })
  await expect.poll(() => server.tasks.has('n2')).toBe(true)
  await expect.poll(() => t.memory.sync.refused.map((r) => r.problem.code)).toEqual(['invalid', 'depends-on-refused'])
  expect(title(t, 'n1')).toBeUndefined()
  t.sync.close()

  const again = await tab()
  await again.sync.arrived
  expect(again.memory.sync.refused).toHaveLength(2)
  for (const { op } of again.memory.sync.refused) again.memory.dismiss(op.id)
  await expect.poll(() => again.sync.disk.refused()).toEqual([])
})

test('a conflict is parked, and what is chosen is sent on what one has seen', async () => {
  const t = await tab()
  await live(t)
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  t.act.updateTask('a', { title: 'Mine' })
  server.change('a', { title: 'Theirs' })
  vi.stubGlobal('fetch', server.fetch)
  window.dispatchEvent(new Event('online'))
  await expect.poll(() => t.memory.sync.refused.length, { timeout: 8000 }).toBe(1)
  const { op, problem: why } = t.memory.sync.refused[0]!
  expect(why.conflicts).toEqual([{ field: 'title', base: '', theirs: 'Theirs' }])
  await expect.poll(() => title(t, 'a')).toBe('Theirs')
  await t.sync.queue.resolve(op.id, { title: 'Both' })
  await expect.poll(() => server.tasks.get('a')?.title).toBe('Both')
  expect(t.memory.sync.refused).toEqual([])
})

test('words that are typed while others wait are sent together, and are in no conflict with each other', async () => {
  const t = await tab()
  await live(t)
  let go: (() => void) | undefined
  server.before = (r) => (r.method === 'PATCH' && !go ? new Promise((done) => (go = () => done(undefined))) : undefined)
  t.act.updateTask('a', { title: 'A' })
  await expect.poll(() => go).toBeTruthy()
  t.act.updateTask('a', { title: 'Ap' })
  const last = t.act.updateTask('a', { title: 'App' })
  await new Promise((r) => setTimeout(r, 50))
  go!()
  await last.saved
  await quiet(t)
  expect(server.asked.map((a) => a.body)).toEqual([{ title: 'A' }, { title: 'App' }])
  expect(t.memory.sync.refused).toEqual([])
})

test('two tabs share one stream; what one does is seen in the other, and is sent once', async () => {
  const one = await tab()
  await live(one)
  const two = await tab()
  await live(two)
  expect(server.opened).toBe(1)
  two.act.createTask({ id: 'n1', project: 'p1', title: 'From two' })
  await expect.poll(() => title(one, 'n1')).toBe('From two')
  await quiet(two)
  await quiet(one)
  server.create('b')
  await expect.poll(() => title(two, 'b')).toBe('b')
  expect(server.asked).toHaveLength(1)

  one.sync.close()
  server.change('b', { title: 'Bee' })
  await expect.poll(() => title(two, 'b'), { timeout: 10_000 }).toBe('Bee')
  expect(server.opened).toBe(2)
}, 15_000)

test('without a disk everything works in memory, and leaving with unsent changes is at risk', async () => {
  const t = await tab(new MemoryDisk())
  await live(t)
  expect(await t.sync.disk.text('a')).toBe('Alpha words')
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  t.act.createTask({ id: 'n1', project: 'p1', title: 'One' })
  await new Promise((r) => setTimeout(r, 20))
  expect(t.sync.atRisk).toBe(true)
  expect(t.memory.sync).toMatchObject({ waiting: 1, fleeting: 1 })
  vi.stubGlobal('fetch', server.fetch)
  window.dispatchEvent(new Event('online'))
  await quiet(t)
  expect(t.sync.atRisk).toBe(false)
  expect(t.memory.sync).toMatchObject({ waiting: 0, fleeting: 0 })
})

test('a project that may not be seen any more is gone from the screen and the disk', async () => {
  const t = await tab()
  await live(t)
  server.seq++
  server.tell('access.revoked', 'p1', [], null, { entity: 'project' })
  await expect.poll(() => title(t, 'a')).toBeUndefined()
  await expect.poll(() => t.sync.disk.text('a')).toBeFalsy()
  const left: unknown[] = []
  for await (const rows of t.sync.disk.chunks(1)) left.push(...rows)
  expect(left).toEqual([])
})

test('whoever is removed from the workspace keeps nothing of it', async () => {
  const t = await tab()
  await live(t)
  server.before = () => problem(404, 'not-found')
  server.endStreams()
  await expect.poll(t.gone).toBe(1)
  expect(title(t, 'a')).toBeUndefined()
})
