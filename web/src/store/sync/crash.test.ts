import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { makeStore, type Store } from '../context'
import { requestOf } from '../request'
import type { Disk } from './disk'
import { IdbDisk } from './idbDisk'
import { Server } from './net'
import { Sync } from './sync'
import { TestServer } from './testServer'

let server: TestServer
let run = 0

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  localStorage.clear()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** Power that fails: after so many steps nothing of the tab happens any more, on the disk or in the network. */
class Power {
  steps = 0
  failed = false
  constructor(readonly until: number) {}

  step(): Promise<void> | void {
    if (this.steps++ < this.until) return
    this.failed = true
    return new Promise(() => undefined)
  }

  disk(of: Disk): Disk {
    const cut =
      <A extends unknown[], R>(run: (...a: A) => Promise<R>) =>
      async (...a: A) => {
        await this.step()
        const done = await run(...a)
        await this.step()
        return done
      }
    return new Proxy(of, {
      get: (_, name: keyof Disk) => {
        const value = of[name]
        if (typeof value !== 'function' || name === 'chunks' || name === 'close')
          return typeof value === 'function' ? value.bind(of) : value
        return cut((value as (...a: unknown[]) => Promise<unknown>).bind(of))
      },
    })
  }

  readonly fetch: typeof fetch = async (input, init) => {
    await this.step()
    const answer = await server.fetch(input, init)
    await this.step()
    return answer
  }
}

async function tab(power: Power): Promise<Store & { sync: Sync }> {
  vi.stubGlobal('fetch', power.fetch)
  const store = makeStore()
  store.memory.setContext({
    user: { id: 'u1', name: 'Ada' },
    workspace: { id: 'w1', slug: 'harbour', name: 'Harbour' },
    zone: 'UTC',
  })
  const sync = new Sync({
    engine: store.memory,
    disk: power.disk(await IdbDisk.open('rung:u1:w1', () => undefined)),
    server: new Server('w1'),
    name: 'crash' + run++,
    wanted: { project: 'WEB' },
    me: 'u1',
    browser: { storage: localStorage },
    requestOf,
    gone: () => undefined,
  })
  return { ...store, sync }
}

const endless = () => new Power(Infinity)
const settled = (t: Store) => t.memory.pending().length === 0 && t.memory.sync.state === 'live'
const safe = (t: Store & { sync: Sync }) => expect.poll(() => t.sync.queue.atRisk, { interval: 5 }).toBe(false)

test('wherever the power fails, nothing that was safe is lost, and nothing is done twice', async () => {
  for (let until = 1; ; until++) {
    localStorage.clear()
    server = new TestServer().signIn()
    server.task('a')
    vi.stubGlobal('indexedDB', new IDBFactory())

    // she writes while there is no network, until all is safe
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    const first = await tab(new Power(Infinity))
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    await first.sync.arrived
    first.act.createTask({ id: 'n1', project: 'p1', title: 'One' })
    first.act.updateTask('n1', { title: 'One and a half' })
    first.act.createTask({ id: 'n2', project: 'p1', title: 'Two' })
    first.act.deleteTasks(['a'])
    await safe(first)
    first.sync.close()

    // the power fails at some step of sending it all
    const power = new Power(until)
    const second = await tab(power)
    await expect.poll(() => power.failed || settled(second), { timeout: 4000, interval: 5 }).toBe(true)
    second.sync.close()

    const third = await tab(endless())
    await expect.poll(() => settled(third), { timeout: 4000, interval: 5 }).toBe(true)
    expect(
      [...server.tasks.values()].map((t) => t.title),
      `after step ${until}`,
    ).toEqual(['One and a half', 'Two'])
    const made = server.events.filter((e) => (e as unknown as { type: string }).type === 'task.created')
    expect(made).toHaveLength(2)
    await expect
      .poll(() => [...third.memory.data.tables.task.confirmedRows()].map((t) => t.title).sort(), { interval: 5 })
      .toEqual(['One and a half', 'Two'])
    expect(third.memory.sync.refused).toEqual([])
    third.sync.close()
    if (!power.failed) break
    expect(until).toBeLessThan(200)
  }
}, 300_000)
