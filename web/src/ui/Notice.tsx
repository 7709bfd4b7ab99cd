import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

import { classes } from './classes'
import { Icon } from './Icon'

interface NoticeProps {
  icon?: LucideIcon
  title?: ReactNode
  text: ReactNode
  alert?: boolean
  children?: ReactNode
}

/** A few words in the middle of what would otherwise be full. */
export function Notice({ icon, title, text, alert, children }: NoticeProps) {
  return (
    <div
      role={alert ? 'alert' : undefined}
      className="mx-auto flex max-w-90 flex-col items-center gap-3 px-6 py-12 text-center"
    >
      {icon && <Icon of={icon} size={24} className="text-icon" />}
      <div>
        {title && <p className="text-base font-medium">{title}</p>}
        <div className={classes('text-muted', Boolean(title) && 'mt-0.5')}>{text}</div>
      </div>
      {children && <div className="flex flex-wrap items-center justify-center gap-2">{children}</div>}
    </div>
  )
}
