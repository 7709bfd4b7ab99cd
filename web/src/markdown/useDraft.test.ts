import { act, renderHook } from '@testing-library/react'
import { findDraft, forgetDrafts, withoutHeldPlaces } from './draft/drafts'
import { useDraft } from './useDraft'

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const key = 'u1.t1.description'
function open(saved: string | undefined = 'saved') {
  return renderHook(({ saved, key }: { saved: string | undefined; key: string }) => useDraft(key, saved), {
    initialProps: { saved, key },
  })
}
// Another tab has another name and so a record of its own.
function typeInOtherTab(text: string, base = 'saved', at = 1) {
  localStorage.setItem(`rung.draft.${key}\nother`, JSON.stringify({ text, base, at }))
}

test('what is typed is kept within 300 ms and found after a reload', () => {
  const first = open()
  act(() => first.result.current.change('typed'))
  expect(first.result.current).toMatchObject({ text: 'typed', dirty: true, restored: false })
  expect(findDraft(key, 'saved')).toBeUndefined()
  act(() => vi.advanceTimersByTime(299))
  expect(findDraft(key, 'saved')?.text).toBe('typed')
  const second = open()
  expect(second.result.current).toMatchObject({ text: 'typed', dirty: true, restored: true, base: 'saved' })
})

test.each([
  ['the page goes away', () => dispatchEvent(new Event('pagehide'))],
  [
    'the page is hidden',
    () => {
      vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
      document.dispatchEvent(new Event('visibilitychange'))
    },
  ],
])('is kept at once when %s', (_, leave) => {
  const { result } = open()
  act(() => result.current.change('typed'))
  act(() => void leave())
  expect(findDraft(key, 'saved')?.text).toBe('typed')
})

test('is kept at once when the field is closed', () => {
  const { result, unmount } = open()
  act(() => result.current.change('typed'))
  unmount()
  expect(findDraft(key, 'saved')?.text).toBe('typed')
})

test('is forgotten when it is saved', () => {
  const { result, rerender } = open()
  act(() => result.current.change('typed'))
  act(() => vi.advanceTimersByTime(300))
  act(() => result.current.clear())
  rerender({ saved: 'typed', key })
  expect(result.current).toMatchObject({ text: 'typed', dirty: false })
  expect(localStorage).toHaveLength(0)
})

test('is forgotten when one types back what was saved', () => {
  const { result } = open()
  act(() => result.current.change('typed'))
  act(() => vi.advanceTimersByTime(300))
  act(() => result.current.change('saved'))
  act(() => vi.advanceTimersByTime(300))
  expect(result.current.dirty).toBe(false)
  expect(localStorage).toHaveLength(0)
})

test('is not offered when the saved text has become the same', () => {
  typeInOtherTab('typed')
  const { result } = open('typed')
  expect(result.current).toMatchObject({ text: 'typed', dirty: false, restored: false })
  expect(localStorage).toHaveLength(0)
})

test('a change by somebody else does not touch it, and is a conflict', () => {
  const { result, rerender } = open()
  act(() => result.current.change('typed'))
  rerender({ saved: 'theirs', key })
  expect(result.current).toMatchObject({ text: 'typed', base: 'saved', conflict: true })
  rerender({ saved: 'typed', key })
  expect(result.current).toMatchObject({ text: 'typed', dirty: false, conflict: false })
})

test('without a draft the field follows what is saved', () => {
  const { result, rerender } = open()
  rerender({ saved: 'theirs', key })
  expect(result.current).toMatchObject({ text: 'theirs', dirty: false, conflict: false })
})

test('two tabs do not write over each other', () => {
  typeInOtherTab('in the other tab')
  const { result } = open()
  expect(result.current.text).toBe('in the other tab')
  act(() => result.current.change('here'))
  act(() => vi.advanceTimersByTime(300))
  expect(JSON.parse(localStorage.getItem(`rung.draft.${key}\nother`)!)).toMatchObject({ text: 'in the other tab' })
  expect(findDraft(key, 'saved')?.text).toBe('here')
})

test('is looked for once the saved text is known', () => {
  typeInOtherTab('typed')
  const { result, rerender } = renderHook(({ saved }: { saved: string | undefined }) => useDraft(key, saved), {
    initialProps: { saved: undefined as string | undefined },
  })
  expect(result.current).toMatchObject({ text: '', dirty: false })
  rerender({ saved: 'saved' })
  expect(result.current).toMatchObject({ text: 'typed', restored: true })
})

test('another field has another draft', () => {
  const { result, rerender } = open()
  act(() => result.current.change('typed'))
  rerender({ saved: 'second', key: 'u1.t2.description' })
  expect(result.current.text).toBe('second')
  rerender({ saved: 'saved', key })
  expect(result.current.text).toBe('typed')
})

test('says so when the browser has no room', () => {
  const { result } = open()
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  act(() => result.current.change('typed'))
  act(() => vi.advanceTimersByTime(300))
  expect(result.current).toMatchObject({ text: 'typed', kept: false })
})

test.each(['{', 'null', '7', '{"text":1}'])('a record that is %s is none', (words) => {
  localStorage.setItem(`rung.draft.${key}\nother`, words)
  expect(findDraft(key, 'saved')).toBeUndefined()
})

test('all are forgotten when somebody signs out, and nothing else is', () => {
  typeInOtherTab('typed')
  localStorage.setItem('rung.theme', 'dark')
  forgetDrafts()
  expect(Object.keys(localStorage)).toEqual(['rung.theme'])
})

test('places held for files that never arrived are taken out', () => {
  expect(withoutHeldPlaces('a ![Sending b\\].png…](rung:upload/12) [c](rung:file/f)')).toBe('a  [c](rung:file/f)')
})
