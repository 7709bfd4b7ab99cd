import type { MouseEvent, ReactNode } from 'react'
import type { Target } from './links'

export const linkLook = 'text-accent-text underline decoration-1 underline-offset-2 [unicode-bidi:isolate]'

interface PlainLinkProps {
  target: Extract<Target, { kind: 'inside' | 'outside' }>
  title?: string
  struck?: boolean
  navigate?: (path: string) => void
  children: ReactNode
}

/** A link out of a text: other sites open beside the app and are told nothing; the app's own are followed in place. */
export function PlainLink({ target, title, struck, navigate, children }: PlainLinkProps) {
  const follow = (event: MouseEvent) => {
    if (target.kind !== 'inside' || !navigate || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(target.path)
  }
  return (
    <a
      href={target.href}
      title={title}
      dir="auto"
      className={`${linkLook} ${struck ? 'line-through' : ''}`}
      rel="noopener noreferrer nofollow"
      target={target.kind === 'outside' ? '_blank' : undefined}
      onClick={follow}
    >
      {children}
    </a>
  )
}
