import { useLingui } from '@lingui/react/macro'
import { List, Lock, SquareKanban } from 'lucide-react'

import { useViews, useWorkspace } from '../../store'
import { Icon } from '../../ui/Icon'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import { SidebarItem } from './SidebarItem'
import { SidebarSection } from './SidebarSection'

/** Saved views: those that everybody has, then one's own. */
export function ViewList({ onGo }: { onGo?: () => void }) {
  const { t } = useLingui()
  const workspace = useWorkspace().slug
  const views = useViews()
  if (views.length === 0) return null
  return (
    <SidebarSection id="sidebar-views" name={t`Views`}>
      <ul>
        {views.map((view) => (
          <li key={view.id} className="relative">
            <SidebarItem
              to="/$workspace/v/$view"
              params={{ workspace, view: view.id }}
              icon={<Icon of={view.layout === 'board' ? SquareKanban : List} className="text-icon" />}
              name={view.name}
              onClick={onGo}
              className={view.shared ? undefined : 'pe-7'}
            />
            {!view.shared && (
              <span className="text-icon pointer-events-none absolute inset-y-0 end-2 flex items-center">
                <Icon of={Lock} size={12} />
                <VisuallyHidden>{t`Only you see this view`}</VisuallyHidden>
              </span>
            )}
          </li>
        ))}
      </ul>
    </SidebarSection>
  )
}
