import { Trans, useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { PanelLeftClose, Search, SquarePen } from 'lucide-react'

import { useWorkspace } from '../../store'
import { runCommand, useKeysOf } from '../../ui/commands'
import { Icon } from '../../ui/Icon'
import { IconButton } from '../../ui/IconButton'
import { addressOf, places, type Place } from '../places'
import { SyncMark } from '../sync/SyncMark'
import { Projects } from './Projects'
import { HoverKeys, SidebarItem } from './SidebarItem'
import { ViewList } from './ViewList'
import { WorkspaceSwitcher } from './WorkspaceSwitcher'
import { toggleSidebar } from '../layout/sidebarState'

/** The ways through a workspace. */
export function Sidebar() {
  const { t } = useLingui()
  return (
    <div className="flex min-w-0 grow flex-col text-sm">
      <div className="flex h-13 shrink-0 items-center gap-0.5 px-2">
        <WorkspaceSwitcher />
        <IconButton
          icon={Search}
          name={t`Search and commands`}
          command="palette.open"
          onClick={() => runCommand('palette.open')}
        />
        <IconButton
          icon={SquarePen}
          name={t`Add a task`}
          command="task.quick-add"
          onClick={() => runCommand('task.quick-add')}
        />
      </div>
      <nav aria-label={t`Workspace`} className="min-h-0 grow overflow-y-auto overscroll-contain px-2 pb-4">
        <PlaceItems of={[places.my, places.all, places.search, places.dashboard, places.members]} />
        <Projects />
        <ViewList />
      </nav>
      <div className="border-line flex shrink-0 flex-col border-t p-2">
        <SyncMark />
        <PlaceItems of={[places.trash, places.settings]} />
        <HideSidebar />
      </div>
    </div>
  )
}

function HideSidebar() {
  const keys = useKeysOf('sidebar.toggle')
  return (
    <button
      type="button"
      onClick={toggleSidebar}
      className="group focus-inset h-item text-muted hover:bg-hover hover:text-ink flex items-center gap-2 rounded-md px-2 text-start"
    >
      <Icon of={PanelLeftClose} className="text-icon rtl:-scale-x-100" />
      <span className="min-w-0 grow truncate">
        <Trans>Hide the sidebar</Trans>
      </span>
      {keys && <HoverKeys keys={keys} />}
    </button>
  )
}

/** A list of ways to screens that are always there. */
export function PlaceItems({ of, onGo }: { of: readonly Place[]; onGo?: () => void }) {
  const { i18n } = useLingui()
  const workspace = useWorkspace().slug
  const { section } = useParams({ strict: false })
  // Members are a section of the settings with an item of their own.
  const exact = (place: Place) => place.section !== undefined || (place.id === 'go.settings' && section === 'members')
  return (
    <ul>
      {of.map((place) => (
        <li key={place.id}>
          <SidebarItem
            {...addressOf(place, workspace)}
            icon={<Icon of={place.icon} className="text-icon" />}
            name={i18n._(place.name)}
            command={place.id}
            exact={exact(place)}
            onClick={onGo}
          />
        </li>
      ))}
    </ul>
  )
}
