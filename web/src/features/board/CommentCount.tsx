import { Plural } from '@lingui/react/macro'
import { MessageSquare } from 'lucide-react'

import { Icon } from '../../ui/Icon'

export function CommentCount({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <span className="text-muted flex shrink-0 items-center gap-1 text-xs tabular-nums">
      <Icon of={MessageSquare} size={12} className="text-icon" />
      <span aria-hidden>{count}</span>
      <span className="sr-only">
        <Plural value={count} one="# comment" other="# comments" />
      </span>
    </span>
  )
}
