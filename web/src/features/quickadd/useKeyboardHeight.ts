import { useSyncExternalStore } from 'react'

/** How much of the page a keyboard on the screen covers, in pixels. */
export function useKeyboardHeight(): number {
  return useSyncExternalStore(watch, covered, () => 0)
}

function covered(): number {
  const view = window.visualViewport
  return view ? Math.max(0, Math.round(innerHeight - view.height - view.offsetTop)) : 0
}

function watch(changed: () => void): () => void {
  const view = window.visualViewport
  view?.addEventListener('resize', changed)
  view?.addEventListener('scroll', changed)
  return () => {
    view?.removeEventListener('resize', changed)
    view?.removeEventListener('scroll', changed)
  }
}
