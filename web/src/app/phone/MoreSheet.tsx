import { useLingui } from '@lingui/react/macro'
import { Command, LogOut, Plus, type LucideIcon } from 'lucide-react'
import { Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'

import { useWorkspace, useWorkspaces } from '../../store'
import { runCommand } from '../../ui/commands'
import { Icon } from '../../ui/Icon'
import { Sheet } from '../../ui/Sheet'
import { places } from '../places'
import { PlaceItems } from '../sidebar/Sidebar'
import { SidebarSection } from '../sidebar/SidebarSection'
import { WorkspaceSign } from '../sidebar/WorkspaceSign'

interface MoreSheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** What the bottom navigation has no room for. */
export function MoreSheet({ open, onOpenChange }: MoreSheetProps) {
  const { t } = useLingui()
  const close = () => onOpenChange(false)
  const run = (command: string) => {
    close()
    runCommand(command)
  }
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t`More`}>
      <nav aria-label={t`More`} className="px-2 pb-4">
        <PlaceItems of={[places.all, places.dashboard, places.members, places.trash, places.settings]} onGo={close} />
        <Line icon={Command} name={t`Search and commands`} onClick={() => run('palette.open')} />
        <SidebarSection id="more-workspaces" name={t`Workspaces`}>
          <Workspaces onGo={close} />
          <Line icon={Plus} name={t`New workspace`} onClick={() => run('workspace.new')} />
        </SidebarSection>
        <SidebarSection id="more-account" name={t`Account`}>
          <PlaceItems of={[places.account]} onGo={close} />
          <Line icon={LogOut} name={t`Sign out`} onClick={() => run('session.end')} />
        </SidebarSection>
      </nav>
    </Sheet>
  )
}

const look = 'focus-inset h-row-touch flex w-full items-center gap-3 rounded-md px-2 text-start text-base'

function Workspaces({ onGo }: { onGo: () => void }) {
  const here = useWorkspace().id
  return useWorkspaces()?.map((w) => (
    <Link key={w.id} to="/$workspace/my" params={{ workspace: w.slug }} onClick={onGo} className={look}>
      <WorkspaceSign id={w.id} name={w.name} />
      <span className="min-w-0 grow truncate">{w.name}</span>
      {w.id === here && <Icon of={Check} className="text-accent-text" />}
    </Link>
  ))
}

function Line({ icon, name, onClick }: { icon: LucideIcon; name: string; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className={look}>
      <span className="grid size-5 shrink-0 place-items-center">
        <Icon of={icon} className="text-icon" />
      </span>
      {name}
    </button>
  )
}
