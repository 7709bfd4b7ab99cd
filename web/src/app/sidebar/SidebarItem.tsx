import { Link, type LinkProps } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'

import { classes } from '../../ui/classes'
import { useKeysOf } from '../../ui/commands'
import { Kbd } from '../../ui/Kbd'

interface SidebarItemProps
  extends Pick<LinkProps, 'to' | 'params' | 'search'>, Omit<ComponentProps<'a'>, 'children' | 'ref'> {
  icon: ReactNode
  name: string
  /** Quiet words at the end of the line. */
  hint?: string
  /** The command that leads to the same; its keys are shown while one points at the item. */
  command?: string
  exact?: boolean
}

/** A way to a screen, in the sidebar and in the sheets of a phone. */
export function SidebarItem({
  icon,
  name,
  hint,
  command,
  exact,
  className,
  to,
  params,
  search,
  ...rest
}: SidebarItemProps) {
  const keys = useKeysOf(command)
  return (
    <Link
      {...rest}
      {...({ to, params, search } as LinkProps)}
      draggable={false}
      activeOptions={{ includeSearch: false, exact: exact ?? false }}
      className={classes(
        'group focus-inset h-item pointer-coarse:h-row-touch text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:text-ink flex items-center gap-2 rounded-md px-2 select-none aria-[current=page]:font-medium max-phone:text-ink max-phone:gap-3 max-phone:text-base',
        className,
      )}
    >
      <span className="max-phone:size-5 grid shrink-0 place-items-center">{icon}</span>
      <span className="min-w-0 grow truncate">{name}</span>
      {hint && <span className={classes('shrink-0 text-xs font-normal', keys && 'group-hover:hidden')}>{hint}</span>}
      {keys && <HoverKeys keys={keys} />}
    </Link>
  )
}

/** The keys for what one points at. */
export function HoverKeys({ keys }: { keys: string }) {
  return (
    <span className="hidden shrink-0 group-hover:block pointer-coarse:hidden!">
      <Kbd keys={keys} quiet className="text-muted font-normal" />
    </span>
  )
}
