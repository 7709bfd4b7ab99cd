import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import {
  CircleUser,
  Layers,
  LayoutDashboard,
  ListTodo,
  Search,
  Settings,
  Trash2,
  Users,
  type LucideIcon,
} from 'lucide-react'

/** Screens of a workspace that are always there: where they are, what leads to them. */
export interface Place {
  id: string
  to:
    | '/$workspace/my'
    | '/$workspace/all'
    | '/$workspace/search'
    | '/$workspace/dashboard'
    | '/$workspace/trash'
    | '/$workspace/settings'
    | '/$workspace/settings/$section'
    | '/account'
  section?: string
  name: MessageDescriptor
  icon: LucideIcon
  keys: string
}

export const places = {
  my: { id: 'go.my', to: '/$workspace/my', name: msg`My work`, icon: ListTodo, keys: 'g m' },
  all: { id: 'go.all', to: '/$workspace/all', name: msg`All tasks`, icon: Layers, keys: 'g l' },
  search: { id: 'go.search', to: '/$workspace/search', name: msg`Search`, icon: Search, keys: 'g s' },
  dashboard: {
    id: 'go.dashboard',
    to: '/$workspace/dashboard',
    name: msg`Dashboard`,
    icon: LayoutDashboard,
    keys: 'g d',
  },
  members: {
    id: 'go.members',
    to: '/$workspace/settings/$section',
    section: 'members',
    name: msg`Members`,
    icon: Users,
    keys: 'g p',
  },
  trash: { id: 'go.trash', to: '/$workspace/trash', name: msg`Trash`, icon: Trash2, keys: 'g t' },
  settings: { id: 'go.settings', to: '/$workspace/settings', name: msg`Settings`, icon: Settings, keys: 'g ,' },
  account: { id: 'go.account', to: '/account', name: msg`Your account`, icon: CircleUser, keys: 'g a' },
} as const satisfies Record<string, Place>

/** What a link or navigate takes to get there. */
export function addressOf(place: Place, workspace: string) {
  return { to: place.to, params: { workspace, section: place.section ?? '' } } as const
}
