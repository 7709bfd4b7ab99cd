import { act, cleanup, renderHook } from '@testing-library/react'

import { useNow } from './useNow'

const at = (clock: string) => Date.parse(`2026-12-24T${clock}Z`)
let visible: DocumentVisibilityState = 'visible'

beforeEach(() => {
  visible = 'visible'
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visible)
  vi.useFakeTimers({ now: at('23:58:20') })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms))
const sign = (target: EventTarget, name: string) => act(() => void target.dispatchEvent(new Event(name)))

test('time goes on with each minute, and turns to the next day at midnight', () => {
  const { result } = renderHook(useNow)
  expect(result.current).toBe(at('23:58:20'))
  pass(39_000)
  expect(result.current).toBe(at('23:58:20'))
  pass(1000)
  expect(result.current).toBe(at('23:59:00'))
  pass(60_000)
  expect(new Date(result.current).toISOString()).toBe('2026-12-25T00:00:00.000Z')
})

test('all who watch see the same time', () => {
  const first = renderHook(useNow)
  pass(40_000)
  const second = renderHook(useNow)
  expect(second.result.current).toBe(first.result.current)
  pass(60_000)
  expect(second.result.current).toBe(first.result.current)
})

test.each([
  ['is looked at again', () => sign(document, 'visibilitychange')],
  ['gets the focus', () => sign(window, 'focus')],
  ['comes back from the history', () => sign(window, 'pageshow')],
])('a page that slept knows the time when it %s', (_, wake) => {
  const { result } = renderHook(useNow)
  vi.setSystemTime(at('23:58:20') + 9 * 3_600_000)
  expect(result.current).toBe(at('23:58:20'))
  wake()
  expect(new Date(result.current).toISOString()).toBe('2026-12-25T08:58:20.000Z')
  pass(40_000)
  expect(new Date(result.current).toISOString()).toBe('2026-12-25T08:59:00.000Z')
})

test('a page that is hidden, or looked at within the minute, is left alone', () => {
  const { result } = renderHook(useNow)
  vi.setSystemTime(at('23:58:50'))
  sign(document, 'visibilitychange')
  expect(result.current).toBe(at('23:58:20'))
  visible = 'hidden'
  vi.setSystemTime(at('23:59:50'))
  sign(document, 'visibilitychange')
  expect(result.current).toBe(at('23:58:20'))
})

test('a clock that is set back is followed', () => {
  const { result } = renderHook(useNow)
  vi.setSystemTime(at('20:00:00'))
  sign(window, 'focus')
  expect(result.current).toBe(at('20:00:00'))
})

test('nothing runs while nobody watches, and the next to watch sees the right time at once', () => {
  const { unmount } = renderHook(useNow)
  unmount()
  expect(vi.getTimerCount()).toBe(0)
  vi.setSystemTime(at('23:58:20') + 86_400_000)
  const seen: number[] = []
  renderHook(() => seen.push(useNow()))
  expect(new Set(seen)).toEqual(new Set([at('23:58:20') + 86_400_000]))
})
