import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { makeStore, type Store } from '../context'
import { requestOf } from '../request'
import { IdbDisk } from './idbDisk'
import { Server } from './net'
import { Sync } from './sync'
import { TestServer } from './testServer'

let server: TestServer
let run = 0
const tabs: Sync[] = []
const name = 'rung:u1:w1'

beforeEach(() => {
  run++
  server = new TestServer().signIn()
  server.task('a', { description: 'Alpha words' })
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('fetch', server.fetch)
})
afterEach(() => {
  for (const t of tabs.splice(0)) t.close()
  localStorage.clear()
  vi.unstubAllGlobals()
})

async function tab(change: (disk: IdbDisk) => void = () => undefined): Promise<Store & { sync: Sync; disk: IdbDisk }> {
  const store = makeStore()
  store.memory.setContext({
    user: { id: 'u1', name: 'Ada' },
    workspace: { id: 'w1', slug: 'harbour', name: 'Harbour' },
    zone: 'UTC',
  })
  const disk = await IdbDisk.open(name, () => undefined)
  change(disk)
  const sync = new Sync({
    engine: store.memory,
    disk,
    server: new Server('w1'),
    name: 'trouble' + run,
    wanted: { project: 'WEB' },
    me: 'u1',
    browser: { storage: localStorage },
    requestOf,
    gone: () => undefined,
  })
  tabs.push(sync)
  return { ...store, sync, disk }
}

const title = (s: Store, id: string) => s.memory.data.get('task', id)?.title
const live = (s: Store) => expect.poll(() => s.memory.sync.state + s.memory.loaded, { timeout: 5000 }).toBe('liveall')
const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))

test('where there is no room for the rows they stay in memory, and what is written still is safe', async () => {
  const t = await tab((disk) => (disk.fill = full))
  await live(t)
  expect([title(t, 'a'), await t.sync.rows.text('a'), t.sync.disk.lasting]).toEqual(['a', 'Alpha words', false])
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  t.act.createTask({ id: 'n1', project: 'p1', title: 'One' })
  await expect.poll(() => t.disk.waiting()).toHaveLength(1)
  t.sync.close()
  vi.stubGlobal('fetch', server.fetch)
  const again = await tab()
  await live(again)
  await expect.poll(() => server.tasks.get('n1')?.title).toBe('One')
})

test('a disk that takes nothing more stops where it is, and the next visit reads on from there', async () => {
  const t = await tab()
  await live(t)
  const real = IDBObjectStore.prototype.put
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  server.create('b')
  await expect.poll(() => title(t, 'b')).toBe('b')
  await t.act.createTask({ id: 'n1', project: 'p1', title: 'One' }).saved
  expect(t.sync.disk.lasting).toBe(false)
  expect(server.asked).toHaveLength(1)
  IDBObjectStore.prototype.put = real
  t.sync.close()
  const again = await tab()
  await live(again)
  await expect.poll(() => [title(again, 'b'), title(again, 'n1')]).toEqual(['b', 'One'])
  expect([...server.tasks.keys()].sort()).toEqual(['a', 'b', 'n1'])
})

test('what is damaged is read anew', async () => {
  const first = await tab()
  await live(first)
  first.sync.close()
  const db = await openDB(name)
  for (const key of await db.getAllKeys('chunks')) await db.put('chunks', '{"task":[{"id', key)
  db.close()
  const second = await tab()
  await live(second)
  expect([title(second, 'a'), server.snapshots]).toEqual(['a', 2])
})

test('a tab that missed what the others heard fills the gap from the disk', async () => {
  const one = await tab()
  await live(one)
  const two = await tab()
  await live(two)
  const lost = vi.spyOn(two.sync.rows, 'take').mockImplementationOnce(() => undefined)
  server.create('b')
  await expect.poll(() => lost.mock.calls.length).toBe(1)
  server.create('c')
  await expect.poll(() => [title(two, 'b'), title(two, 'c')]).toEqual(['b', 'c'])
  expect(server.snapshots).toBe(1)
})

test('before everything is here a description is asked of the server', async () => {
  let go: (() => void) | undefined
  server.before = (r) => {
    if (r.url.endsWith('/tasks/a')) return Response.json({ ...server.tasks.get('a') })
    return r.url.endsWith('/snapshot') ? new Promise((done) => (go = () => done(undefined))) : undefined
  }
  const t = await tab()
  await expect.poll(() => go).toBeTruthy()
  expect(await t.sync.rows.text('a')).toBe('Alpha words')
  go!()
  await live(t)
})

test('where there is no room, each tab keeps its own rows', async () => {
  const one = await tab((disk) => (disk.fill = full))
  const two = await tab()
  await live(one)
  await live(two)
  expect([title(two, 'a'), await two.sync.rows.text('a')]).toEqual(['a', 'Alpha words'])
  server.change('a', { title: 'Apple', description: 'Other words' })
  await expect.poll(() => [title(one, 'a'), title(two, 'a')]).toEqual(['Apple', 'Apple'])
  server.before = (r) => (r.url.endsWith('/tasks/a') ? Response.json(server.tasks.get('a')) : undefined)
  expect(await two.sync.rows.text('a')).toBe('Other words')
})

test('what waits is sent as soon as the server is back, whoever notices first', async () => {
  const t = await tab()
  await live(t)
  let down = true
  server.before = () => (down ? Promise.reject(new TypeError('no network')) : undefined)
  server.endStreams()
  t.act.createTask({ id: 'n1', project: 'p1', title: 'One' })
  await expect.poll(() => t.memory.sync.state).toBe('offline')
  down = false
  await expect.poll(() => server.tasks.has('n1'), { timeout: 4000 }).toBe(true)
})
