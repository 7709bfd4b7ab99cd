import type { ReactNode } from 'react'

interface SectionHeadProps {
  id: string
  name: string
  /** Beside the name: how many, how far. */
  children?: ReactNode
  /** At the end of the line. */
  action?: ReactNode
}

/** The line above a part of a task. */
export function SectionHead({ id, name, children, action }: SectionHeadProps) {
  return (
    <div className="flex h-7 items-center gap-2 pointer-coarse:h-11">
      <h2 id={id} className="font-medium">
        {name}
      </h2>
      {children}
      <span className="grow" />
      {action}
    </div>
  )
}
