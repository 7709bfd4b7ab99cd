import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { trackSwipe } from './swiping'

let list: HTMLElement
let end: () => void
const tell = { may: vi.fn(() => true), show: vi.fn(), end: vi.fn() }

function touch(type: string, x: number, y: number, pointerType = 'touch') {
  const event = new MouseEvent(type, { bubbles: true, clientX: x, clientY: y })
  Object.assign(event, { pointerId: 1, pointerType })
  list.firstElementChild!.dispatchEvent(event)
}
const swipe = (...steps: [number, number][]) => {
  touch('pointerdown', 100, 100)
  for (const [x, y] of steps) touch('pointermove', 100 + x, 100 + y)
  touch('pointerup', 100, 100)
}

beforeEach(() => {
  document.body.innerHTML = '<div><div data-line="todo/a">A</div></div>'
  list = document.body.firstElementChild as HTMLElement
  vi.clearAllMocks()
  end = trackSwipe(list, tell)
})
afterEach(() => end())

it('takes a line to its end or its beginning', () => {
  swipe([20, 2], [100, 4])
  expect(tell.end).toHaveBeenLastCalledWith('todo/a', 1)
  swipe([-20, 2], [-100, 4])
  expect(tell.end).toHaveBeenLastCalledWith('todo/a', -1)
})

it('does nothing if the finger turns back', () => {
  swipe([20, 0], [100, 0], [30, 0])
  expect(tell.show).toHaveBeenCalled()
  expect(tell.end).not.toHaveBeenCalled()
})

it('leaves scrolling, dragging, the mouse and what may not go there alone', () => {
  swipe([4, 20], [100, 30])
  document.documentElement.classList.add('dragging')
  swipe([20, 0], [100, 0])
  document.documentElement.classList.remove('dragging')
  touch('pointerdown', 100, 100, 'mouse')
  touch('pointermove', 220, 100, 'mouse')
  touch('pointerup', 220, 100, 'mouse')
  tell.may.mockReturnValueOnce(false)
  swipe([20, 0], [100, 0])
  expect(tell.end).not.toHaveBeenCalled()
})
