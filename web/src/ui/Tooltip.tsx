import { cloneElement, type ReactElement } from 'react'

interface TooltipProps {
  text: string
  keys?: string
  /** An element that passes data attributes on to what it draws. */
  children: ReactElement<object>
}

/** Says in words what a sign means, after a moment; the keys stand beside. The Kit draws it: a tip costs a list nothing till it is shown. */
export function Tooltip({ text, keys, children }: TooltipProps) {
  return cloneElement(children, { 'data-tip': text, 'data-tip-keys': keys } as object)
}
