import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

import { Button } from './Button'
import { useKeysOf } from './commands'
import { Kbd } from './Kbd'
import { Notice } from './Notice'

interface EmptyStateProps {
  icon?: LucideIcon
  /** One sentence. */
  children: ReactNode
  action?: { name: string; run: () => void; command?: string; keys?: string }
}

/** Nothing here: one sentence, one thing to do, its key. */
export function EmptyState({ icon, children, action }: EmptyStateProps) {
  const own = useKeysOf(action?.command)
  const keys = action?.keys ?? own
  return (
    <Notice icon={icon} text={children}>
      {action && (
        <Button onClick={action.run}>
          {action.name}
          {keys && <Kbd keys={keys} quiet className="text-muted ms-1" />}
        </Button>
      )}
    </Notice>
  )
}
