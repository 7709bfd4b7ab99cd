import type { Drop } from '../grouping'

/** A line on its way: where it would go, and at which height of what scrolls that is, where it is one list. */
export interface Place {
  to: Drop | undefined
  at: number | undefined
}

/** What is dragged over: where a point means, and what scrolls when the pointer comes near its edge. */
export interface Ground {
  placeAt: (root: HTMLElement, x: number, y: number, isMoving: (line: string) => boolean) => Place
  scrolled: (root: HTMLElement, x: number, y: number) => readonly { element: Element; along: 'x' | 'y' }[]
}

/** Where in a line it was taken, and how wide it is. */
export interface Grip {
  x: number
  y: number
  width: number
}

interface Tell {
  lift: (line: string, grip: Grip) => void
  isMoving: (line: string) => boolean
  /** The pointer is somewhere else, perhaps at another place. */
  move: (x: number, y: number, place: Place) => void
  end: (place: Place) => void
  /** Broken off, by the one who drags or because a menu opens instead. */
  cancel: (quietly: boolean) => void
}

const far = 5 // pixels that a mouse moves before it drags
const long = 250 // milliseconds that a finger rests before it drags
const tremble = 10 // pixels that a resting finger moves
const menu = 480 // milliseconds after which a finger that still rests is given the menu
const edge = 56 // pixels at the edges in which what is there scrolls by itself
const most = 14 // pixels that it scrolls in a frame

/** Follows the pointer from a line, [data-line], over the ground. Gives what ends it. */
export function trackDrag(root: HTMLElement, ground: Ground, tell: Tell): () => void {
  let start: { x: number; y: number; line: string; element: Element } | undefined
  let place: Place | undefined
  let moved = false
  let timers: ReturnType<typeof setTimeout>[] = []
  let frame = 0
  let x = 0
  let y = 0

  const stop = () => {
    timers.forEach(clearTimeout)
    timers = []
    cancelAnimationFrame(frame)
    document.documentElement.classList.remove('dragging')
    start = undefined
    place = undefined
    moved = false
  }
  const off = (quietly: boolean) => {
    const held = place !== undefined
    stop()
    if (held) tell.cancel(quietly)
  }
  const look = () => {
    place = ground.placeAt(root, x, y, tell.isMoving)
    tell.move(x, y, place)
  }
  const scroll = () => {
    let any = false
    for (const { element, along } of ground.scrolled(root, x, y)) {
      const box = element.getBoundingClientRect()
      const by = along === 'y' ? speed(y, box.top, box.bottom) : speed(x, box.left, box.right)
      if (by === 0) continue
      any = true
      element.scrollBy(along === 'x' ? by : 0, along === 'y' ? by : 0)
    }
    if (any) look()
    frame = requestAnimationFrame(scroll)
  }
  const begin = () => {
    if (!start || place) return
    document.documentElement.classList.add('dragging')
    place = { to: undefined, at: undefined }
    const box = start.element.getBoundingClientRect()
    tell.lift(start.line, { x: start.x - box.left, y: start.y - box.top, width: box.width })
    look()
    frame = requestAnimationFrame(scroll)
  }
  const down = (event: PointerEvent) => {
    const target = event.target instanceof Element ? event.target : null
    const element = target?.closest('[data-line]')
    if (!element || event.button !== 0 || !event.isPrimary || target?.closest('input, textarea, [role=menu]')) return
    stop()
    x = event.clientX
    y = event.clientY
    start = { x, y, line: element.getAttribute('data-line')!, element }
    if (event.pointerType === 'mouse') return
    timers = [setTimeout(begin, long), setTimeout(() => !moved && off(true), menu)]
  }
  const move = (event: PointerEvent) => {
    if (!start || !event.isPrimary) return
    x = event.clientX
    y = event.clientY
    const distance = Math.hypot(x - start.x, y - start.y)
    const mouse = event.pointerType === 'mouse'
    if (mouse && event.buttons === 0) return off(true)
    if (distance > tremble) moved = true
    if (!place && mouse && distance > far) begin()
    else if (!place && !mouse && distance > tremble) stop() // it scrolls
    if (place) look()
  }
  const up = (event: PointerEvent) => {
    if (!event.isPrimary) return
    const last = place
    stop()
    if (!last) return
    addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => removeEventListener('click', swallow, { capture: true }))
    tell.end(last)
  }
  const lost = () => off(false)
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !place) return
    swallow(event)
    off(false)
  }
  const touch = (event: TouchEvent) => {
    if (place && event.cancelable) event.preventDefault() // or the page would scroll and the pointer be lost
  }
  const context = (event: Event) => {
    if (!place) return
    if (moved) swallow(event)
    else off(true)
  }
  root.addEventListener('pointerdown', down)
  root.addEventListener('touchmove', touch, { passive: false })
  root.addEventListener('contextmenu', context, true)
  addEventListener('pointermove', move)
  addEventListener('pointerup', up)
  addEventListener('pointercancel', lost)
  addEventListener('keydown', key, true)
  return () => {
    off(true)
    root.removeEventListener('pointerdown', down)
    root.removeEventListener('touchmove', touch)
    root.removeEventListener('contextmenu', context, true)
    removeEventListener('pointermove', move)
    removeEventListener('pointerup', up)
    removeEventListener('pointercancel', lost)
    removeEventListener('keydown', key, true)
  }
}

/** The nearer the edge, the faster. */
function speed(at: number, from: number, to: number): number {
  if (at < from + edge) return -Math.ceil(Math.min(1, (from + edge - at) / edge) * most)
  if (at > to - edge) return Math.ceil(Math.min(1, (at - to + edge) / edge) * most)
  return 0
}

function swallow(event: Event) {
  event.stopPropagation()
  event.preventDefault()
}
