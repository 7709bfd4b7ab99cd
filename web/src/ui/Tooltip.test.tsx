import { act, fireEvent, screen } from '@testing-library/react'
import { Star } from 'lucide-react'

import { IconButton } from './IconButton'
import { show } from './testing'
import { Tooltip } from './Tooltip'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms))
const tip = () => screen.queryByRole('tooltip')

it('shows the name and the keys after half a second under the pointer', () => {
  show(<IconButton icon={Star} name="Add to favourites" keys="f" />)
  fireEvent.pointerOver(screen.getByRole('button'), { pointerType: 'mouse' })
  pass(499)
  expect(tip()).toBeNull()
  pass(1)
  expect(tip()?.textContent).toBe('Add to favouritesF')
})

it('can be moved onto, and goes when left', () => {
  show(<IconButton icon={Star} name="Add to favourites" />)
  fireEvent.pointerOver(screen.getByRole('button'), { pointerType: 'mouse' })
  pass(500)
  fireEvent.pointerOver(document.body, { pointerType: 'mouse' })
  fireEvent.pointerOver(tip()!, { pointerType: 'mouse' })
  pass(1000)
  expect(tip()).not.toBeNull()
  fireEvent.pointerOver(document.body, { pointerType: 'mouse' })
  pass(150)
  expect(tip()).toBeNull()
})

it.each([
  ['a key', () => fireEvent.keyDown(document.body, { key: 'Escape' })],
  ['a press', () => fireEvent.pointerDown(document.body)],
])('goes by %s', (_, end) => {
  show(<IconButton icon={Star} name="Add to favourites" />)
  fireEvent.pointerOver(screen.getByRole('button'), { pointerType: 'mouse' })
  pass(500)
  end()
  pass(0)
  expect(tip()).toBeNull()
})

it('does not come by touch', () => {
  show(<IconButton icon={Star} name="Add to favourites" />)
  fireEvent.pointerOver(screen.getByRole('button'), { pointerType: 'touch' })
  pass(1000)
  expect(tip()).toBeNull()
})

it('describes what has a name of its own', () => {
  show(
    <Tooltip text="24 December 2026, Berlin">
      <button type="button">24 Dec</button>
    </Tooltip>,
  )
  const button = screen.getByRole('button', { name: '24 Dec' })
  fireEvent.pointerOver(button, { pointerType: 'mouse' })
  pass(500)
  expect(document.getElementById(button.getAttribute('aria-describedby')!)?.textContent).toBe(
    '24 December 2026, Berlin',
  )
})
