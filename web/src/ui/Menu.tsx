import type { ReactElement, ReactNode } from 'react'
import type { LucideIcon } from 'lucide-react'

import { deferred } from './deferred'

export { ContextMenu, type ContextMenuProps } from './ContextMenu'

export interface MenuAction {
  name: string
  icon?: LucideIcon | ReactNode
  /** A registered command: its keys are shown, and it is run where there is no run here. */
  command?: string
  keys?: string
  danger?: boolean
  disabled?: boolean
  /** Given, the line is one of several that can be on. */
  checked?: boolean
  run?: () => void
  /** A menu below this one, instead of run. */
  items?: readonly MenuEntry[]
}
/** A line of a menu, a rule between lines, or a quiet heading over those that follow. */
export type MenuEntry = MenuAction | 'line' | { heading: string }

export interface MenuProps {
  /** A button; it gets what opens the menu. */
  trigger: ReactElement
  items: readonly MenuEntry[] | (() => readonly MenuEntry[])
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** Actions behind a button. Every action with a key shows it at its end. */
export const Menu = deferred<MenuProps>(() => import('./popups/Menu').then((m) => m.Menu), 'menu')
