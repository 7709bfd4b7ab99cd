import { useEffect, useRef, useState } from 'react'

import { Kbd } from './Kbd'

const tipId = 'tip'
const delay = 500
/** After a tip, the next one comes at once, and one may move onto it before it goes. */
const grace = 150
const gap = 6
const margin = 8

/** The one tip there is. It follows the pointer and the keyboard's focus over all that has words to say. */
export function TooltipLayer() {
  const [target, setTarget] = useState<HTMLElement | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => follow(setTarget, () => box.current), [])
  useEffect(() => {
    const tip = box.current
    if (!target || !tip) return
    place(tip, target.getBoundingClientRect())
    // A button's name is its tip; what has another name is described by it.
    if (target.getAttribute('aria-label') === target.dataset['tip']) return
    target.setAttribute('aria-describedby', tipId)
    return () => target.removeAttribute('aria-describedby')
  }, [target])
  if (!target) return null
  const { tip, tipKeys } = target.dataset
  return (
    <div
      ref={box}
      id={tipId}
      role="tooltip"
      className="z-tip bg-inverse text-inverse-ink motion-appear fixed start-0 top-0 flex w-max max-w-72 items-center gap-2 rounded-md px-2 py-1 text-xs"
    >
      {tip}
      {tipKeys && <Kbd keys={tipKeys} quiet className="text-inverse-muted" />}
    </div>
  )
}

/** Above what it tells of; below it where there is no room. */
function place(tip: HTMLElement, at: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = tip
  const x = Math.max(margin, Math.min(at.x + at.width / 2 - width / 2, innerWidth - width - margin))
  const y = at.y - height - gap >= margin ? at.y - height - gap : at.bottom + gap
  tip.style.insetInlineStart = 'auto'
  tip.style.left = `${x}px`
  tip.style.top = `${y}px`
}

function follow(show: (target: HTMLElement | null) => void, tip: () => HTMLElement | null): () => void {
  let shown: HTMLElement | null = null
  let last = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = (target: HTMLElement | null, wait: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (shown) last = performance.now()
      shown = target?.isConnected ? target : null
      show(shown)
    }, wait)
  }
  const over = (event: PointerEvent) => {
    if (event.pointerType === 'touch' || !(event.target instanceof Element)) return
    if (tip()?.contains(event.target)) return clearTimeout(timer)
    const target = event.target.closest<HTMLElement>('[data-tip]')
    if (target === shown && target) return clearTimeout(timer)
    if (!target) return soon(null, shown ? grace : 0)
    soon(target, shown || performance.now() - last < grace * 2 ? 0 : delay)
  }
  const focus = (event: FocusEvent) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null
    if (target?.matches(':focus-visible')) soon(target, delay)
  }
  const hide = () => soon(null, 0)
  const leave = () => soon(null, shown ? grace : 0)
  const ends = ['pointerdown', 'keydown', 'focusout', 'scroll'] as const
  const quiet = { capture: true, passive: true } as const
  document.addEventListener('pointerover', over)
  document.addEventListener('focusin', focus)
  document.documentElement.addEventListener('pointerleave', leave)
  for (const end of ends) document.addEventListener(end, hide, quiet)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('pointerover', over)
    document.removeEventListener('focusin', focus)
    document.documentElement.removeEventListener('pointerleave', leave)
    for (const end of ends) document.removeEventListener(end, hide, quiet)
  }
}
