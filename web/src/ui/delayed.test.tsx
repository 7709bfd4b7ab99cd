import { act, render } from '@testing-library/react'

import { useDelayed } from './delayed'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function Waits({ waiting }: { waiting: boolean }) {
  return <p>{useDelayed(waiting) ? 'bones' : 'nothing'}</p>
}
const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms))

it('shows nothing of what takes less than 150 ms', () => {
  const { rerender, container } = render(<Waits waiting />)
  pass(149)
  expect(container.textContent).toBe('nothing')
  rerender(<Waits waiting={false} />)
  pass(1000)
  expect(container.textContent).toBe('nothing')
})

it('once shown, stays for 300 ms', () => {
  const { rerender, container } = render(<Waits waiting />)
  pass(150)
  expect(container.textContent).toBe('bones')
  rerender(<Waits waiting={false} />)
  pass(299)
  expect(container.textContent).toBe('bones')
  pass(1)
  expect(container.textContent).toBe('nothing')
})
