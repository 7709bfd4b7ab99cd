import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { boardGround, listGround } from './grounds'
import { trackDrag, type Place } from './track'

const rect = (left: number, top: number, width: number, height: number) =>
  ({ left, top, width, height, right: left + width, bottom: top + height, x: left, y: top }) as DOMRect

/** Two columns of cards of 100 px, as the eye sees them. */
function board() {
  document.body.innerHTML = `<div id="root">
    <section data-column="a"><div data-cards><i data-line="a/1"></i><i data-line="a/2"></i></div></section>
    <section data-column="b"><div data-cards><i data-line="b/3"></i></div></section></div>`
  const at: Record<string, DOMRect> = {
    '#root': rect(0, 0, 600, 800),
    '[data-column=a]': rect(0, 0, 300, 800),
    '[data-column=b]': rect(300, 0, 300, 800),
    '[data-line="a/1"]': rect(0, 100, 280, 100),
    '[data-line="a/2"]': rect(0, 200, 280, 100),
    '[data-line="b/3"]': rect(300, 100, 280, 100),
  }
  for (const [name, box] of Object.entries(at)) document.querySelector(name)!.getBoundingClientRect = () => box
  return document.querySelector<HTMLElement>('#root')!
}

function pointer(target: EventTarget, type: string, x: number, y: number, more: object = {}) {
  const event = new MouseEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y, buttons: 1 })
  Object.assign(event, { pointerType: 'mouse', isPrimary: true, ...more })
  target.dispatchEvent(event)
}

function tracked() {
  const root = board()
  const heard = { lift: vi.fn(), move: vi.fn(), end: vi.fn(), cancel: vi.fn() }
  const stop = trackDrag(root, boardGround, { ...heard, isMoving: (line) => line === 'a/1' })
  return { root, stop, card: document.querySelector('[data-line="a/1"]')!, ...heard }
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => vi.useRealTimers())

it('lifts by mouse once it has moved, and says where it is let go', () => {
  const { card, lift, end, stop } = tracked()
  pointer(card, 'pointerdown', 20, 130)
  pointer(card, 'pointermove', 22, 131)
  expect(lift).not.toHaveBeenCalled()
  pointer(card, 'pointermove', 60, 140)
  expect(lift).toHaveBeenCalledWith('a/1', { x: 20, y: 30, width: 280 })
  pointer(card, 'pointermove', 400, 120)
  pointer(card, 'pointerup', 400, 120)
  expect(end).toHaveBeenCalledWith({ to: { group: 'b', before: '3' }, at: undefined })
  stop()
})

it('puts it at the end below all, and passes over what moves itself', () => {
  const root = board()
  const isMoving = (line: string) => line === 'a/1'
  expect(boardGround.placeAt(root, 400, 700, isMoving).to).toEqual({ group: 'b', before: undefined })
  expect(boardGround.placeAt(root, 100, 110, isMoving).to).toEqual({ group: 'a', before: '2' })
  expect(boardGround.placeAt(root, 900, 110, isMoving).to).toEqual({ group: 'b', before: '3' })
})

it('lifts by touch after a rest, and leaves scrolling and the menu alone', () => {
  const { card, lift, cancel, end, stop } = tracked()
  const touch = { pointerType: 'touch' }
  pointer(card, 'pointerdown', 20, 130, touch)
  pointer(card, 'pointermove', 20, 160, touch)
  vi.advanceTimersByTime(600)
  expect(lift).not.toHaveBeenCalled()
  pointer(card, 'pointerdown', 20, 130, touch)
  vi.advanceTimersByTime(300)
  expect(lift).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(300)
  expect(cancel).toHaveBeenCalledWith(true)
  pointer(card, 'pointerdown', 20, 130, touch)
  vi.advanceTimersByTime(300)
  pointer(card, 'pointermove', 400, 300, touch)
  vi.advanceTimersByTime(300)
  pointer(card, 'pointerup', 400, 300, touch)
  expect(end).toHaveBeenCalledTimes(1)
  stop()
})

it('is broken off by Escape', () => {
  const { card, cancel, end, stop } = tracked()
  pointer(card, 'pointerdown', 20, 130)
  pointer(card, 'pointermove', 60, 140)
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true }))
  pointer(card, 'pointerup', 60, 140)
  expect(cancel).toHaveBeenCalledWith(false)
  expect(end).not.toHaveBeenCalled()
  stop()
})

it('finds the place in a list with headings', () => {
  document.body.innerHTML = `<div id="root"><i data-section="a"></i><i data-line="a/1"></i><i data-section="b"></i></div>`
  const root = document.querySelector<HTMLElement>('#root')!
  root.getBoundingClientRect = () => rect(0, 0, 600, 800)
  ;[...root.children].forEach((row, i) => (row.getBoundingClientRect = () => rect(0, i * 36, 600, 36)))
  const place = (y: number): Place => listGround.placeAt(root, 10, y, () => false)
  expect(place(40)).toEqual({ to: { group: 'a', before: '1' }, at: 36 })
  expect(place(70)).toEqual({ to: { group: 'a', before: undefined }, at: 72 })
  expect(place(300)).toEqual({ to: { group: 'b', before: undefined }, at: 108 })
})
