import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

import { announce } from '../../ui/LiveRegion'

const patience = 60 // frames

/** After going to another screen the focus stands on its heading, and its name is read out. */
export function RouteFocus() {
  const router = useRouter()
  useEffect(() => {
    let frame = 0
    const stop = router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
      if (!pathChanged || !fromLocation) return
      cancelAnimationFrame(frame)
      let left = patience
      const look = () => {
        const heading = document.querySelector<HTMLElement>('[data-screen-heading]')
        if (heading) arrive(heading)
        else if (left-- > 0) frame = requestAnimationFrame(look)
      }
      frame = requestAnimationFrame(look)
    })
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [router])
  return null
}

function arrive(heading: HTMLElement): void {
  announce(heading.textContent ?? '')
  // Whoever is in a dialog or already typing on the new screen stays there.
  const busy = document.activeElement?.closest(
    '[role="dialog"], main input, main textarea, main [contenteditable="true"]',
  )
  if (!busy) heading.focus({ preventScroll: true })
}
