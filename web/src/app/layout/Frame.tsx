import { Trans, useLingui } from '@lingui/react/macro'
import { useLocation } from '@tanstack/react-router'
import { PanelLeft } from 'lucide-react'
import type { ReactNode } from 'react'

import { classes } from '../../ui/classes'
import { ErrorBoundary } from '../../ui/ErrorBoundary'
import { IconButton } from '../../ui/IconButton'
import { usePhone } from '../../ui/media'
import { part } from '../../ui/part'
import { HeaderSlotsProvider } from '../../ui/ScreenHeader'
import { Sidebar } from '../sidebar/Sidebar'
import { SyncMark } from '../sync/SyncMark'
import { ResizeHandle } from './ResizeHandle'
import { narrowest, toggleSidebar, useSidebar, widest } from './sidebarState'

const BottomNav = part<object>(async () => ({ default: (await import('../phone/BottomNav')).BottomNav }))

/** What stands around every screen of a workspace: ways to the others, and room for a task beside it. */
export function Frame({ children, beside }: { children: ReactNode; beside?: ReactNode }) {
  const phone = usePhone()
  const { collapsed } = useSidebar()
  const path = useLocation({ select: (l) => l.pathname })
  const aside = !phone && !collapsed
  return (
    <div className="bg-background text-ink flex h-dvh flex-col">
      <SkipLink />
      <div className="flex min-h-0 grow">
        {aside && <SideRegion />}
        <div
          className={classes(
            'bg-panel relative flex min-w-0 grow',
            !phone && 'border-line my-2 me-2 rounded-lg border',
            collapsed && !phone && 'ms-2',
          )}
        >
          <main id="content" tabIndex={-1} className="flex min-w-0 grow flex-col outline-none">
            <HeaderSlotsProvider start={!phone && collapsed && <ShowSidebar />} end={phone && <SyncMark compact />}>
              <ErrorBoundary resetKey={path}>{children}</ErrorBoundary>
            </HeaderSlotsProvider>
          </main>
          {beside}
        </div>
      </div>
      {phone && <BottomNav />}
    </div>
  )
}

function SideRegion() {
  const { t } = useLingui()
  const { width, setWidth } = useSidebar()
  return (
    <div className="relative flex shrink-0" style={{ width }}>
      <ErrorBoundary>
        <Sidebar />
      </ErrorBoundary>
      <ResizeHandle
        name={t`Width of the sidebar`}
        width={width}
        min={narrowest}
        max={widest}
        onWidth={setWidth}
        edge="end"
      />
    </div>
  )
}

function ShowSidebar() {
  const { t } = useLingui()
  return (
    <IconButton
      icon={PanelLeft}
      name={t`Show the sidebar`}
      command="sidebar.toggle"
      className="-ms-2"
      onClick={toggleSidebar}
    />
  )
}

function SkipLink() {
  return (
    <a
      href="#content"
      onClick={(event) => {
        event.preventDefault() // "#content" would be relative to <base href>
        document.getElementById('content')?.focus()
      }}
      className="bg-floating text-ink shadow-floating z-tip fixed start-2 top-2 -translate-y-20 rounded-md px-3 py-1.5 text-sm focus:translate-y-0"
    >
      <Trans>Skip to the content</Trans>
    </a>
  )
}
