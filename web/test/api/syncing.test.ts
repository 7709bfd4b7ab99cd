// @vitest-environment jsdom
import 'fake-indexeddb/auto'

import { begin } from '../../src/api/session'
import { makeStore } from '../../src/store/context'
import { requestOf } from '../../src/store/request'
import { IdbDisk } from '../../src/store/sync/idbDisk'
import { Server as Workspace } from '../../src/store/sync/net'
import { Sync } from '../../src/store/sync/sync'
import type { Project } from '../../src/store/types'
import { Server, type Person } from './server'

let server: Server
let ada: Person
let bob: Person
let harbour: Project

beforeAll(async () => {
  server = await Server.start()
  document.head.innerHTML = `<base href="${server.address}/">`
  ada = await server.register('Ada')
  bob = await (await server.register('Bob')).join(ada, 'member')
  harbour = await ada.do('POST', '/projects', { name: 'Harbour', key: 'HAR' })
  await ada.do('POST', '/tasks', { project: harbour.id, title: 'Paint the pier', description: 'Green, not blue.' })
  begin({ access_token: bob.session, expires_in: 600, user: { id: bob.id, name: 'Bob' } } as Parameters<
    typeof begin
  >[0])
})
afterAll(() => server?.stop())
afterEach(() => {
  vi.unstubAllGlobals()
})

async function visit(name: string) {
  const store = makeStore()
  const { memory } = store
  memory.setContext({
    user: { id: bob.id, name: 'Bob' },
    workspace: { id: bob.workspace, slug: '', name: '' },
    zone: 'UTC',
  })
  let gone = false
  const sync = new Sync({
    engine: memory,
    disk: await IdbDisk.open(name, () => undefined),
    server: new Workspace(bob.workspace),
    name,
    wanted: { project: 'HAR' },
    me: bob.id,
    browser: { storage: localStorage },
    requestOf,
    gone: () => (gone = true),
  })
  await expect.poll(() => memory.sync.state + memory.loaded, { timeout: 5000 }).toBe('liveall')
  return {
    ...store,
    sync,
    gone: () => gone,
    titles: () => [...memory.data.tables.task.confirmedRows()].map((t) => t.title).sort(),
  }
}

test('what others do is seen, what is written is done, and both are there at the next visit', async () => {
  const first = await visit('one')
  expect(first.titles()).toEqual(['Paint the pier'])
  const pier = [...first.memory.data.tables.task.confirmedRows()][0]!
  expect(await first.sync.rows.text(pier.id)).toBe('Green, not blue.')

  await ada.do('POST', '/tasks', { project: harbour.id, title: 'Oil the crane' })
  await expect.poll(first.titles).toEqual(['Oil the crane', 'Paint the pier'])

  const made = first.act.createTask({ project: harbour.id, title: 'Count the boats', description: 'All of them.' })
  first.act.updateTask(pier.id, { description: 'Blue, after all.' })
  first.act.createComment(pier.id, 'Ada decided so.')
  const last = first.act.moveTasks([made.task.id], { project: harbour.id, place: 'first' })
  await last.saved
  await expect.poll(() => first.memory.sync.waiting).toBe(0)
  expect(first.memory.sync.refused).toEqual([])
  expect(await ada.do('GET', `/tasks/${pier.id}`)).toMatchObject({ description: 'Blue, after all.', comment_count: 1 })
  await expect.poll(() => first.sync.disk.cursor()).toBe(first.sync.rows.at)
  first.sync.close()

  const second = await visit('one')
  expect(second.titles()).toEqual(['Count the boats', 'Oil the crane', 'Paint the pier'])
  expect(await second.sync.rows.text(pier.id)).toBe('Blue, after all.')
  second.sync.close()
})

test('what is written without the network is sent in its order once it is back', async () => {
  const t = await visit('two')
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  const { task } = t.act.createTask({ project: harbour.id, title: 'Ring the bell' })
  t.act.updateTask(task.id, { title: 'Ring the old bell' })
  t.act.updateTask(task.id, { priority: 1 })
  t.act.createTask({ project: harbour.id, title: 'Go home', parent: task.id })
  await expect.poll(() => t.memory.sync.state).toBe('offline')
  vi.unstubAllGlobals()
  window.dispatchEvent(new Event('online'))
  await expect.poll(() => t.memory.sync.waiting, { timeout: 8000 }).toBe(0)
  expect(t.memory.sync.refused).toEqual([])
  expect(await ada.do('GET', `/tasks/${task.id}`)).toMatchObject({
    title: 'Ring the old bell',
    priority: 1,
    child_count: 1,
  })
  t.sync.close()
})

test('a text that both change is a conflict of theirs and mine', async () => {
  const t = await visit('three')
  const { task, saved } = t.act.createTask({ project: harbour.id, title: 'Both' })
  await saved
  await expect.poll(() => t.memory.confirmed('task', task.id)).toBeTruthy()
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  t.act.updateTask(task.id, { title: 'Mine' })
  await expect.poll(() => t.memory.sync.state).toBe('offline') // it was tried, and is to be tried again in a moment
  vi.unstubAllGlobals()
  await ada.do('PATCH', `/tasks/${task.id}`, { title: 'Theirs' })
  window.dispatchEvent(new Event('online'))
  await expect
    .poll(() => t.memory.sync.refused.map((r) => r.problem.conflicts), { timeout: 8000 })
    .toEqual([[{ field: 'title', base: 'Both', theirs: 'Theirs' }]])
  await expect.poll(() => t.memory.confirmed('task', task.id)?.title).toBe('Theirs')
  await t.sync.queue.resolve(t.memory.sync.refused[0]!.op.id, {})
  await expect.poll(() => t.memory.confirmed('task', task.id)?.title).toBe('Mine')
  expect(t.memory.sync.refused).toEqual([])
  t.sync.close()
})

test('a private project comes with the right to see it, and goes with it; whoever is removed loses all', async () => {
  const t = await visit('four')
  const secret = await ada.do<Project>('POST', '/projects', { name: 'Secret', key: 'SEC', access: 'private' })
  await ada.do('POST', '/tasks', { project: secret.id, title: 'Hide the rum' })
  await ada.do('PUT', `/projects/${secret.id}/members/${bob.id}`, { role: 'viewer' })
  await expect.poll(t.titles, { timeout: 8000 }).toContain('Hide the rum')
  await expect.poll(() => t.memory.data.get('grant', `${secret.id}/${bob.id}`)?.role, { timeout: 5000 }).toBe('viewer')
  await ada.do('DELETE', `/projects/${secret.id}/members/${bob.id}`)
  await expect.poll(t.titles, { timeout: 8000 }).not.toContain('Hide the rum')

  await ada.do('DELETE', `/members/${bob.id}`)
  await expect.poll(t.gone, { timeout: 10_000 }).toBe(true)
  expect(t.titles()).toEqual([])
})
