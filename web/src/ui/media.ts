import { useSyncExternalStore } from 'react'

/** Whether a media query holds, followed as it changes. Where there is no screen to ask, none does. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia?.(query)
      list?.addEventListener('change', changed)
      return () => list?.removeEventListener('change', changed)
    },
    () => window.matchMedia?.(query).matches ?? false,
    () => false,
  )
}

/** A screen held in one hand: sheets instead of panels, navigation at the bottom. */
export const usePhone = () => useMedia('(max-width: 640px)')
