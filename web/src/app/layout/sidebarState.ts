import { keepsake, useKept } from '../../api/keepsake'

export const narrowest = 200
export const widest = 400

const kept = keepsake('sidebar', { width: 240, collapsed: false })

export function useSidebar() {
  const state = useKept(kept)
  return {
    ...state,
    setWidth: (width: number) =>
      kept.set({ ...kept.get(), width: Math.round(Math.min(widest, Math.max(narrowest, width))) }),
  }
}

export function toggleSidebar(): void {
  kept.set({ ...kept.get(), collapsed: !kept.get().collapsed })
}
