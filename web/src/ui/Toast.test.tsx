import { act, fireEvent, screen } from '@testing-library/react'

import { show } from './testing'
import { toast } from './Toast'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  act(() => void vi.runOnlyPendingTimers())
  vi.useRealTimers()
})
const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms))
const say = (...words: Parameters<typeof toast>) => act(() => void toast(...words))
const card = () => screen.queryByRole('region', { name: 'Message' })

it('stays for six seconds, and is read out', () => {
  show(null)
  say({ text: 'Deleted' })
  expect(screen.getAllByText(/Deleted/).some((e) => e.getAttribute('aria-live') === 'polite')).toBe(true)
  pass(5999)
  expect(card()).not.toBeNull()
  pass(1)
  expect(card()).toBeNull()
})

it.each([
  ['the pointer is on it', 'pointerEnter', 'pointerLeave'],
  ['the focus is in it', 'focus', 'blur'],
] as const)('stays while %s', (_, enter, leave) => {
  show(null)
  say({ text: 'Deleted' })
  pass(5000)
  fireEvent[enter](card()!)
  pass(60_000)
  expect(card()).not.toBeNull()
  fireEvent[leave](card()!)
  pass(6000)
  expect(card()).toBeNull()
})

it('stays while focus or pointer holds it, though the other has gone', () => {
  show(null)
  say({ text: 'Deleted' })
  fireEvent.focus(card()!)
  fireEvent.pointerEnter(card()!)
  fireEvent.pointerLeave(card()!)
  pass(10_000)
  expect(card()).not.toBeNull()
})

it('shows one at a time, each for its own six seconds', () => {
  show(null)
  say({ text: 'First' })
  pass(5000)
  say({ text: 'Second' })
  expect(card()?.textContent).toContain('Second')
  expect(card()?.textContent).not.toContain('First')
  pass(5000)
  expect(card()).not.toBeNull()
})

it('undoes once and goes', () => {
  const undo = vi.fn()
  show(null)
  say({ text: 'Deleted', undo })
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(undo).toHaveBeenCalledOnce()
  expect(card()).toBeNull()
})

it('keeps an alarm till it is closed', () => {
  show(null)
  say({ text: 'Refused', alarm: true })
  pass(60_000)
  fireEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(card()).toBeNull()
})
