import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { rememberedUser } from '../api/remembered'
import { end } from '../api/session'
import { NoWorkspace, onVanish, openWorkspace, type Opened, unsent, watchOver } from './open'
import { problem, TestServer } from './sync/testServer'

let server: TestServer
const ended = vi.fn()
watchOver(ended)

beforeEach(() => {
  server = new TestServer().signIn()
  server.task('a')
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('fetch', server.fetch)
})
afterEach(async () => {
  vi.stubGlobal('fetch', server.fetch)
  if (rememberedUser()) await leave()
  localStorage.clear()
  sessionStorage.clear()
  vi.unstubAllGlobals()
})

const wanted = { project: 'WEB' }
const live = ({ store }: Opened) =>
  expect.poll(() => store.memory.sync.state + store.memory.loaded, { timeout: 5000 }).toBe('liveall')
const databases = async () => (await indexedDB.databases()).map((d) => d.name)
const noNetwork = () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))

/** Signs out, and waits until everything is wiped. */
async function leave() {
  ended.mockClear()
  await end()
  await expect.poll(() => ended.mock.calls.length).toBeGreaterThan(0)
}

/** The session ends without her doing. */
async function expire(opened: Opened) {
  ended.mockClear()
  server.before = () => problem(401, 'unauthenticated')
  vi.stubGlobal('fetch', server.fetch)
  server.endStreams()
  window.dispatchEvent(new Event('online'))
  await expect.poll(() => ended.mock.calls.length, { timeout: 3000 }).toBeGreaterThan(0)
  expect(opened.store.memory.data.get('task', 'a')).toBeUndefined()
  server.before = () => undefined
}

test('a workspace opens by its slug, and is the same for all who open it', async () => {
  const opening = openWorkspace('harbour', wanted)
  expect(openWorkspace('harbour', wanted)).toBe(opening)
  const opened = await opening
  await live(opened)
  expect(opened.store.memory.context).toMatchObject({
    user: { name: 'Ada' },
    workspace: { slug: 'harbour' },
    zone: 'UTC',
  })
  expect((await openWorkspace('w1', wanted)).store).toBe(opened.store)
  await expect(openWorkspace('nowhere', wanted)).rejects.toBeInstanceOf(NoWorkspace)
})

test('signing out deletes what was kept, but not how the browser is to look', async () => {
  await live(await openWorkspace('harbour', wanted))
  localStorage.setItem('rung.draft:a', 'half a sentence')
  localStorage.setItem('rung.theme', 'dark')
  expect(await databases()).toHaveLength(1)
  await leave()
  expect(await databases()).toEqual([])
  expect([localStorage.getItem('rung.draft:a'), localStorage.getItem('rung.theme')]).toEqual([null, 'dark'])
  expect(Object.keys(localStorage).filter((k) => k.includes('u1'))).toEqual([])
})

test('a session that ends by itself keeps what was not sent, and nothing else, until the same user is back', async () => {
  const first = await openWorkspace('harbour', wanted)
  await live(first)
  noNetwork()
  first.store.act.createTask({ id: 'n1', project: 'p1', title: 'One' })
  await expect.poll(() => first.sync.atRisk).toBe(false)
  expect(unsent()).toBe(1)
  await expire(first)
  expect(await databases()).toHaveLength(1)

  server.signIn()
  const second = await openWorkspace('harbour', wanted)
  await live(second)
  await expect.poll(() => server.tasks.get('n1')?.title).toBe('One')
  expect(server.snapshots).toBe(2)
})

test('another user finds nothing of the one before, not even what was not sent', async () => {
  const first = await openWorkspace('harbour', wanted)
  await live(first)
  noNetwork()
  first.store.act.createTask({ id: 'n1', project: 'p1', title: 'One' })
  await expect.poll(() => first.sync.atRisk).toBe(false)
  await expire(first)

  server.user = { id: 'u2', name: 'Bo', timezone: 'UTC' }
  server.signIn()
  vi.stubGlobal('fetch', server.fetch)
  const second = await openWorkspace('harbour', wanted)
  await live(second)
  expect(await databases()).toEqual([expect.stringContaining('rung:u2:')])
  expect(second.store.memory.pending()).toEqual([])
  expect(server.tasks.has('n1')).toBe(false)
})

test('a workspace that is hers no more is deleted, and that is told', async () => {
  const told = vi.fn()
  const stop = onVanish(told)
  await live(await openWorkspace('harbour', wanted))
  server.before = (r) => (r.url.includes('/workspaces/w1') ? problem(404, 'not-found') : undefined)
  server.endStreams()
  await expect.poll(() => told.mock.calls.length).toBe(1)
  await expect.poll(databases).toEqual([])
  stop()
})

test('without IndexedDB everything works in memory', async () => {
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('blocked', 'SecurityError')
    },
  })
  const opened = await openWorkspace('harbour', wanted)
  await live(opened)
  expect(opened.sync.disk.lasting).toBe(false)
  await opened.store.act.createTask({ id: 'n1', project: 'p1', title: 'One' }).saved
})
