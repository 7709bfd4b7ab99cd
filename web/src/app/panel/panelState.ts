import { keepsake, useKept } from '../../api/keepsake'

export const narrowest = 360

const kept = keepsake('panel', { width: 480 })

export function usePanelWidth() {
  const { width } = useKept(kept)
  const widest = Math.max(narrowest, Math.round(window.innerWidth * 0.6))
  return {
    width: Math.min(width, widest),
    widest,
    setWidth: (next: number) => kept.set({ width: Math.round(Math.min(widest, Math.max(narrowest, next))) }),
  }
}
