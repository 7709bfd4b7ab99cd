import { useRef, type PointerEvent } from 'react'

const farEnough = 80

/** Lets a sheet be drawn down by its head; let go far enough down, it closes. */
export function useSwipeDown(close: () => void) {
  const start = useRef<number>(undefined)
  function sheetOf(event: PointerEvent<HTMLElement>) {
    return event.currentTarget.parentElement!
  }
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.target instanceof Element && event.target.closest('button, a')) return
      event.currentTarget.setPointerCapture?.(event.pointerId)
      start.current = event.clientY
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (start.current === undefined) return
      const sheet = sheetOf(event)
      sheet.style.transition = 'none'
      sheet.style.transform = `translateY(${Math.max(0, event.clientY - start.current)}px)`
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      if (start.current === undefined) return
      if (event.clientY - start.current > farEnough) close()
      letGo(event)
    },
    onPointerCancel: letGo,
  }
  function letGo(event: PointerEvent<HTMLElement>) {
    start.current = undefined
    const sheet = sheetOf(event)
    sheet.style.transition = ''
    sheet.style.transform = ''
  }
}
