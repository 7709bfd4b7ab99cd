import { useLayoutEffect, type RefObject } from 'react'

/** Lets a field be as high as its text where the browser does not do so by itself; its class bounds it. */
export function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    if (field.current) grow(field.current)
  }, [field, text])
}

function grow(area: HTMLTextAreaElement): void {
  if ('fieldSizing' in area.style) return
  area.style.height = 'auto'
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`
}
