import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { ChevronsUpDown, CircleUser, LogOut, Plus, Settings } from 'lucide-react'
import type { ReactElement } from 'react'

import { useCan, usePerson, useWorkspace, useWorkspaces } from '../../store'
import { runCommand } from '../../ui/commands'
import { Icon } from '../../ui/Icon'
import { Menu, type MenuEntry } from '../../ui/Menu'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import { WorkspaceSign } from './WorkspaceSign'

/** The name of the workspace, and behind it the others, one's account and the way out. */
export function WorkspaceSwitcher() {
  const here = useWorkspace()
  const items = useSwitcherItems()
  const button: ReactElement = (
    <button
      type="button"
      className="focus-inset h-item pointer-coarse:h-row-touch hover:bg-hover data-popup-open:bg-pressed flex min-w-0 grow items-center gap-2 rounded-md px-2 text-start font-semibold"
    >
      <WorkspaceSign id={here.id} name={here.name} />
      <VisuallyHidden>
        <Trans>Workspace</Trans>{' '}
      </VisuallyHidden>
      <span className="min-w-0 truncate">{here.name}</span>
      <Icon of={ChevronsUpDown} size={14} className="text-icon" />
    </button>
  )
  return <Menu trigger={button} items={items} />
}

export function useSwitcherItems(): MenuEntry[] {
  const { t } = useLingui()
  const navigate = useNavigate()
  const here = useWorkspace()
  const can = useCan()
  const person = usePerson()
  const others = useWorkspaces() ?? []
  return [
    { heading: t`Workspaces` },
    ...others.map((w) => ({
      name: w.name,
      icon: <WorkspaceSign id={w.id} name={w.name} />,
      checked: w.id === here.id,
      run: () => void navigate({ to: '/$workspace/my', params: { workspace: w.slug } }),
    })),
    { name: t`New workspace`, icon: Plus, command: 'workspace.new', run: () => void navigate({ to: '/new' }) },
    ...(can.manage
      ? [{ name: t`Workspace settings`, icon: Settings, command: 'go.settings', run: () => runCommand('go.settings') }]
      : []),
    'line' as const,
    { heading: person ? `${person.name} · ${person.email}` : '' },
    { name: t`Your account`, icon: CircleUser, command: 'go.account', run: () => runCommand('go.account') },
    { name: t`Sign out`, icon: LogOut, command: 'session.end', run: () => runCommand('session.end') },
  ]
}
