import { useSyncExternalStore, type RefObject } from 'react'

function watch(tell: () => void) {
  document.addEventListener('focusin', tell)
  document.addEventListener('focusout', tell)
  return () => {
    document.removeEventListener('focusin', tell)
    document.removeEventListener('focusout', tell)
  }
}

/** Whether the focus is in the list beside: then the keys are for what is under its cursor. */
export function useListFocus(box: RefObject<Element | null>): boolean {
  return useSyncExternalStore(watch, () => {
    const at = document.activeElement
    return Boolean(at?.closest('main [role="grid"], main [data-board]')) && !box.current?.contains(at)
  })
}
