import type { ReactNode } from 'react'

/** A headed group of the sidebar. */
export function SidebarSection({
  id,
  name,
  action,
  children,
}: {
  id: string
  name: string
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="mt-4">
      <div className="flex h-6 items-center gap-1 ps-2">
        <h2 id={id} className="text-muted grow truncate text-xs font-medium">
          {name}
        </h2>
        {action}
      </div>
      {children}
    </section>
  )
}
