import { useEffect, useRef, type ReactNode } from 'react'

import { basePath } from '../api/base'
import { LanguageSelect } from './LanguageSelect'

interface CardProps {
  title: string
  /** A sentence or two below the title. */
  lead?: ReactNode
  children?: ReactNode
  /** The way to where one may have wanted to go instead. */
  foot?: ReactNode
}

/** One page of getting in: the name, a title, and what is to be done. */
export function Card({ title, lead, children, foot }: CardProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = title + ' · Rung'
    // Whoever chooses the language goes on choosing.
    if (document.activeElement?.matches('select')) return
    // A page that has nothing to fill in is read from its title on.
    const first = heading.current?.closest('main')?.querySelector<HTMLElement>('[data-first]')
    ;(first ?? heading.current)?.focus({ preventScroll: true })
  }, [title])
  return (
    <div className="phone:pt-[13dvh] flex min-h-dvh flex-col items-center px-5 pt-6 pb-6">
      <div className="phone:mb-6 phone:w-auto mb-8 flex w-full items-center gap-2 text-lg font-semibold">
        <Mark />
        Rung
      </div>
      <main className="phone:max-w-100 phone:bg-panel phone:border phone:rounded-xl phone:p-8 w-full">
        <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold text-balance outline-none">
          {title}
        </h1>
        {lead && <div className="text-muted mt-1 text-base text-pretty">{lead}</div>}
        {children && <div className="mt-6">{children}</div>}
      </main>
      <div className="text-muted mt-6 min-h-5 text-center text-sm">{foot}</div>
      <footer className="text-muted mt-auto flex items-center gap-3 pt-8 text-xs">
        <bdi>{installation()}</bdi>
        <LanguageSelect />
      </footer>
    </div>
  )
}

/** Which Rung this is: where it is reached. */
export function installation(): string {
  return location.host + basePath().replace(/\/$/, '')
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className="size-6">
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path
        d="M10 6v20M22 6v20M10 11h12M10 16h12M10 21h12"
        className="stroke-accent-ink"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
    </svg>
  )
}
