import { createContext, use, useEffect, type ReactNode } from 'react'

import { classes } from './classes'

/** What the frame around all screens puts into their headers. */
interface HeaderSlots {
  start?: ReactNode
  end?: ReactNode
}
const Slots = createContext<HeaderSlots>({})

export function HeaderSlotsProvider({ start, end, children }: HeaderSlots & { children: ReactNode }) {
  return <Slots value={{ start, end }}>{children}</Slots>
}

export interface ScreenHeaderProps {
  /** The screen's name: its heading, and the title of the page. */
  title: string
  /** Read out and not drawn, where the name stands elsewhere on the screen. */
  hideTitle?: boolean
  icon?: ReactNode
  /** Where the screen is: links that stand before the heading. Parted by a stroke. */
  crumbs?: readonly ReactNode[]
  /** After the heading: tabs, a count. */
  children?: ReactNode
  /** At the end of the line. */
  actions?: ReactNode
}

/** The line above every screen. Its heading takes the focus after navigation. */
export function ScreenHeader({ title, hideTitle, icon, crumbs = [], children, actions }: ScreenHeaderProps) {
  const { start, end } = use(Slots)
  useEffect(() => {
    document.title = title ? `${title} · Rung` : 'Rung'
  }, [title])
  return (
    <header className="h-header border-line flex shrink-0 items-center gap-2 border-b ps-4 pe-2 max-phone:ps-3">
      {start}
      {crumbs.map((crumb, place) => (
        <span key={place} className="text-muted flex min-w-0 shrink items-center gap-2 whitespace-nowrap">
          {crumb}
          <span aria-hidden className="text-line-strong">
            /
          </span>
        </span>
      ))}
      {icon}
      <h1
        tabIndex={-1}
        data-screen-heading
        className={classes('truncate text-sm font-semibold outline-none', hideTitle && 'sr-only')}
      >
        {title}
      </h1>
      {children}
      <div className="ms-auto flex shrink-0 items-center gap-1">
        {actions}
        {end}
      </div>
    </header>
  )
}
