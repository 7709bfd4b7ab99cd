import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { type Browser, lead, type Turn } from './lead'

const turns: Turn[] = []
const leaders: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  leaders.length = 0
})
afterEach(() => {
  for (const t of turns.splice(0)) t.end()
  localStorage.clear()
  vi.useRealTimers()
})

/** A tab that leads until it must not; leaders names those that do. */
function tab(name: string, browser: Browser): Turn {
  const turn = lead(
    'test',
    async (signal) => {
      leaders.push(name)
      await new Promise<void>((done) => signal.addEventListener('abort', () => done()))
      leaders.splice(leaders.indexOf(name), 1)
    },
    browser,
  )
  turns.push(turn)
  return turn
}

/** Locks as browsers have them, for one name. */
function locks(): NonNullable<Browser['locks']> {
  let held: { fail: (e: unknown) => void } | undefined
  const line: (() => void)[] = []
  const request = (_: string, options: LockOptions, run: (lock: Lock | null) => unknown) =>
    new Promise((done, fail) => {
      const start = () => {
        const mine = { fail }
        held = mine
        void Promise.resolve(run(null))
          .then(done, fail)
          .then(() => {
            if (held !== mine) return
            held = undefined
            line.shift()?.()
          })
      }
      options.signal?.addEventListener('abort', () => {
        const at = line.indexOf(start)
        if (at >= 0) {
          line.splice(at, 1)
          fail(new DOMException('aborted', 'AbortError'))
        }
      })
      if (options.steal) {
        held?.fail(new DOMException('stolen', 'AbortError'))
        start()
      } else if (held) line.push(start)
      else start()
    })
  return { request } as NonNullable<Browser['locks']>
}

const lease = () => ({ storage: localStorage })
const locked = () => {
  const shared = locks()
  return { locks: shared, storage: localStorage }
}

test.each([
  ['by a lock', locked],
  ['by a lease', lease],
])('one tab leads %s, and when it goes another does', async (_, of) => {
  const browser = of()
  const one = tab('one', browser)
  await vi.advanceTimersByTimeAsync(500)
  tab('two', browser)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(leaders).toEqual(['one'])
  one.end()
  await vi.advanceTimersByTimeAsync(3000)
  expect(leaders).toEqual(['two'])
})

test('a leader by lease that is never heard of again is followed by another', async () => {
  localStorage.setItem('rung.lead:test', `gone ${Date.now() + 4000}`)
  tab('two', lease())
  await vi.advanceTimersByTimeAsync(3000)
  expect(leaders).toEqual([])
  await vi.advanceTimersByTimeAsync(3000)
  expect(leaders).toEqual(['two'])
})

test('of those that claim the lease at once, one leads', async () => {
  for (const name of ['one', 'two', 'three']) tab(name, lease())
  await vi.advanceTimersByTimeAsync(5000)
  expect(leaders).toHaveLength(1)
})

test('a leader that does not answer is relieved, and gives up', async () => {
  const browser = locked()
  tab('one', browser)
  const two = tab('two', browser)
  await vi.advanceTimersByTimeAsync(100)
  two.take()
  await vi.advanceTimersByTimeAsync(3000)
  expect(leaders).toEqual(['two'])
})

test('a page that is put away does not lead', async () => {
  const browser = locked()
  tab('one', browser)
  await vi.advanceTimersByTimeAsync(100)
  window.dispatchEvent(new Event('pagehide'))
  await vi.advanceTimersByTimeAsync(3000)
  expect(leaders).toEqual([])
  window.dispatchEvent(new Event('pageshow'))
  await vi.advanceTimersByTimeAsync(3000)
  expect(leaders).toEqual(['one'])
})
