import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Ellipsis, Folders, ListTodo, Plus, Search, type LucideIcon } from 'lucide-react'
import { useState, type ComponentProps } from 'react'

import { useWorkspace } from '../../store'
import { classes } from '../../ui/classes'
import { runCommand } from '../../ui/commands'
import { Icon } from '../../ui/Icon'
import { MoreSheet } from './MoreSheet'
import { ProjectsSheet } from './ProjectsSheet'

/** The ways through a workspace for a thumb. */
export function BottomNav() {
  const { t } = useLingui()
  const workspace = useWorkspace().slug
  const [open, setOpen] = useState<'projects' | 'more'>()
  const to = (next: boolean, sheet: 'projects' | 'more') => setOpen(next ? sheet : undefined)
  return (
    <nav
      aria-label={t`Workspace`}
      className="border-line bg-background z-sticky grid shrink-0 grid-cols-5 border-t pb-[env(safe-area-inset-bottom)] select-none"
    >
      <Link to="/$workspace/my" params={{ workspace }} className={look} activeOptions={{ includeSearch: false }}>
        <Label icon={ListTodo} name={t`My work`} />
      </Link>
      <Tab
        icon={Folders}
        name={t`Projects`}
        aria-haspopup="dialog"
        aria-expanded={open === 'projects'}
        onClick={() => setOpen('projects')}
      />
      <button
        type="button"
        aria-label={t`Add a task`}
        onClick={() => runCommand('task.quick-add')}
        className="focus-inset grid h-14 place-items-center"
      >
        <span className="bg-accent text-accent-ink grid size-10 place-items-center rounded-full">
          <Icon of={Plus} size={20} />
        </span>
      </button>
      <Link to="/$workspace/search" params={{ workspace }} className={look} activeOptions={{ includeSearch: false }}>
        <Label icon={Search} name={t`Search`} />
      </Link>
      <Tab
        icon={Ellipsis}
        name={t`More`}
        aria-haspopup="dialog"
        aria-expanded={open === 'more'}
        onClick={() => setOpen('more')}
      />
      <ProjectsSheet open={open === 'projects'} onOpenChange={(next) => to(next, 'projects')} />
      <MoreSheet open={open === 'more'} onOpenChange={(next) => to(next, 'more')} />
    </nav>
  )
}

const look =
  'focus-inset text-muted aria-[current=page]:text-ink aria-expanded:text-ink flex h-14 min-w-0 flex-col items-center justify-center gap-0.5 text-xs aria-[current=page]:font-medium'

function Tab({ icon, name, className, ...rest }: { icon: LucideIcon; name: string } & ComponentProps<'button'>) {
  return (
    <button type="button" {...rest} className={classes(look, className)}>
      <Label icon={icon} name={name} />
    </button>
  )
}

function Label({ icon, name }: { icon: LucideIcon; name: string }) {
  return (
    <>
      <Icon of={icon} size={20} />
      <span className="max-w-full truncate px-1">{name}</span>
    </>
  )
}
