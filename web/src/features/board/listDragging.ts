import type { Drop } from './grouping'

/** A line on its way: where it would go, and at which height of the list's content that is. */
export interface Hold {
  line: string
  to: Drop | undefined
  at: number | undefined
}

interface Tell {
  show: (hold: Hold) => void
  end: (hold: Hold) => void
  cancel: () => void
}

const far = 5 // pixels that a mouse moves before it drags
const long = 300 // milliseconds that a finger rests before it drags
const edge = 48 // pixels at the ends of a list in which it scrolls by itself

/** Follows the pointer over a list's lines, [data-line]. Gives what ends it. */
export function trackDrag(list: HTMLElement, tell: Tell): () => void {
  let start: { x: number; y: number; line: string } | undefined
  let hold: Hold | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = 0
  let y = 0

  const begin = () => {
    if (!start) return
    hold = { line: start.line, to: undefined, at: undefined }
    document.documentElement.classList.add('dragging')
    scroll()
  }
  const stop = () => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    document.documentElement.classList.remove('dragging')
    start = undefined
    hold = undefined
  }
  const look = () => {
    if (!hold) return
    const next = lineAt(list, y)
    hold = { ...hold, ...next }
    tell.show(hold)
  }
  const scroll = () => {
    const box = list.getBoundingClientRect()
    const by = y < box.top + edge ? -8 : y > box.bottom - edge ? 8 : 0
    if (by !== 0) {
      list.scrollTop += by
      look()
    }
    frame = requestAnimationFrame(scroll)
  }
  const down = (event: PointerEvent) => {
    const target = event.target instanceof Element ? event.target : null
    const line = target?.closest('[data-line]')?.getAttribute('data-line')
    if (!line || event.button !== 0 || target?.closest('input, textarea')) return
    start = { x: event.clientX, y: event.clientY, line }
    y = event.clientY
    if (event.pointerType !== 'mouse') timer = setTimeout(begin, long)
  }
  const move = (event: PointerEvent) => {
    if (!start) return
    y = event.clientY
    const moved = Math.hypot(event.clientX - start.x, event.clientY - start.y)
    if (!hold && event.pointerType === 'mouse' && moved > far) begin()
    else if (!hold && event.pointerType !== 'mouse' && moved > 2 * far) stop() // she scrolls
    if (hold) {
      event.preventDefault()
      look()
    }
  }
  const up = () => {
    const last = hold
    stop()
    if (!last) return
    addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => removeEventListener('click', swallow, { capture: true }))
    tell.end(last)
  }
  const off = () => {
    if (hold) tell.cancel()
    stop()
  }
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !hold) return
    event.stopPropagation()
    off()
  }
  const touch = (event: TouchEvent) => {
    if (hold) event.preventDefault() // or the page would scroll and the pointer be lost
  }
  list.addEventListener('pointerdown', down)
  list.addEventListener('touchmove', touch, { passive: false })
  addEventListener('pointermove', move)
  addEventListener('pointerup', up)
  addEventListener('pointercancel', off)
  addEventListener('keydown', key, true)
  return () => {
    stop()
    list.removeEventListener('pointerdown', down)
    list.removeEventListener('touchmove', touch)
    removeEventListener('pointermove', move)
    removeEventListener('pointerup', up)
    removeEventListener('pointercancel', off)
    removeEventListener('keydown', key, true)
  }
}

function swallow(event: Event) {
  event.stopPropagation()
  event.preventDefault()
}

/** Which place a height in the window means: before the first line whose middle is below it. */
function lineAt(list: HTMLElement, y: number): Pick<Hold, 'to' | 'at'> {
  const top = list.getBoundingClientRect().top - list.scrollTop
  let last: { section: string; bottom: number } | undefined
  for (const row of list.querySelectorAll<HTMLElement>('[data-line], [data-section]')) {
    const box = row.getBoundingClientRect()
    const section = row.dataset.section
    if (section !== undefined) {
      if (last && y < box.top + box.height / 2)
        return { to: { group: last.section, before: undefined }, at: last.bottom - top }
      last = { section, bottom: box.bottom }
      continue
    }
    const line = row.dataset.line!
    const cut = line.lastIndexOf('/')
    if (y < box.top + box.height / 2)
      return { to: { group: line.slice(0, cut), before: line.slice(cut + 1) }, at: box.top - top }
    last = { section: line.slice(0, cut), bottom: box.bottom }
  }
  return last
    ? { to: { group: last.section, before: undefined }, at: last.bottom - top }
    : { to: undefined, at: undefined }
}
