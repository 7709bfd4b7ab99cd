/** A line on its way to a side: 1 is the end of the line, -1 its beginning, as one reads. */
export interface Swipe {
  line: string
  side: 1 | -1
  /** Far enough: letting go now does it. */
  far: boolean
  top: number
  height: number
}

interface Tell {
  /** Whether the line may go to that side at all. */
  may: (line: string, side: 1 | -1) => boolean
  show: (swipe: Swipe | undefined) => void
  end: (line: string, side: 1 | -1) => void
}

const start = 12 // pixels that a finger moves aside before a line follows it
const most = 160
const enough = 88

/**
 * Has the lines of a list, [data-line], follow a finger to the side. Up and down stays the browser's, which the lines ask for by
 * touch-action; a line that is being dragged is left alone. Gives what ends it.
 */
export function trackSwipe(list: HTMLElement, tell: Tell): () => void {
  let from: { x: number; y: number; id: number; row: HTMLElement; line: string } | undefined
  let now: Swipe | undefined

  const stop = () => {
    if (from && now) {
      from.row.style.transform = ''
      from.row.style.background = ''
      tell.show(undefined)
    }
    from = undefined
    now = undefined
  }
  const down = (event: PointerEvent) => {
    if (from || event.pointerType !== 'touch') return stop()
    const target = event.target instanceof Element ? event.target : null
    const row = target?.closest<HTMLElement>('[data-line]')
    if (!row || target?.closest('input, textarea')) return
    from = { x: event.clientX, y: event.clientY, id: event.pointerId, row, line: row.dataset.line! }
  }
  const move = (event: PointerEvent) => {
    if (!from || event.pointerId !== from.id) return
    const x = event.clientX - from.x
    const y = event.clientY - from.y
    const reading = getComputedStyle(list).direction === 'rtl' ? -1 : 1
    const side = x * reading > 0 ? 1 : -1
    if (!now) {
      if (document.documentElement.classList.contains('dragging') || Math.abs(y) > start) return stop()
      if (Math.abs(x) < start || Math.abs(x) < 2 * Math.abs(y)) return
    }
    if (!tell.may(from.line, side)) return stop()
    const way = Math.min(Math.abs(x), most)
    const next: Swipe = {
      line: from.line,
      side,
      far: way >= enough,
      top: from.row.offsetTop,
      height: from.row.offsetHeight,
    }
    from.row.style.transform = `translateX(${side * reading * way}px)`
    from.row.style.background = 'var(--background)'
    if (now?.side !== next.side || now.far !== next.far) tell.show(next)
    now = next
  }
  const up = (event: PointerEvent) => {
    if (!from || event.pointerId !== from.id) return
    const last = now
    stop()
    if (!last) return
    addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => removeEventListener('click', swallow, { capture: true }))
    if (last.far) tell.end(last.line, last.side)
  }
  list.addEventListener('pointerdown', down)
  list.addEventListener('pointermove', move)
  addEventListener('pointerup', up)
  addEventListener('pointercancel', stop)
  return () => {
    stop()
    list.removeEventListener('pointerdown', down)
    list.removeEventListener('pointermove', move)
    removeEventListener('pointerup', up)
    removeEventListener('pointercancel', stop)
  }
}

function swallow(event: Event) {
  event.stopPropagation()
  event.preventDefault()
}
