import type { ReactNode } from 'react'

import { addressOf, go, usePlace } from './place'

interface EnterLinkProps {
  to: string
  /** Whether the place that one wanted to get to goes along. */
  keepNext?: boolean
  children: ReactNode
}

/** A link to another page of getting in. */
export function EnterLink({ to, keepNext = true, children }: EnterLinkProps) {
  const { query } = usePlace()
  const next = keepNext ? query.get('next') : null
  const address = addressOf(to, next ? new URLSearchParams({ next }).toString() : '')
  return (
    <a
      href={address}
      className="text-accent-text rounded-sm font-medium underline-offset-2 hover:underline"
      onClick={(e) => {
        if (e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
        e.preventDefault()
        go(address)
      }}
    >
      {children}
    </a>
  )
}
