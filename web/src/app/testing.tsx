// For tests of what stands around the screens.
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { act } from '@testing-library/react'
import type { ReactNode } from 'react'

import { apiURL } from '../api/base'
import { begin, type Me } from '../api/session'
import { StoreProvider, type Store, type Workspace } from '../store'
import { bookKey } from '../store/sync/book'
import { show } from '../ui/testing'
import { taskPanelSearch } from '../lists/search'

/** Draws something at an address of a workspace, with a store around it. Gives the router, too. */
export async function showAt(path: string, drawn: ReactNode, store: Store) {
  const root = createRootRoute({ component: Outlet })
  const draw = () => <StoreProvider store={store}>{drawn}</StoreProvider>
  const workspace = createRoute({
    getParentRoute: () => root,
    path: '/$workspace',
    validateSearch: taskPanelSearch,
    component: draw,
  })
  const rest = createRoute({ getParentRoute: () => root, path: '/$', component: draw })
  const within = ['/my', '/p/$project', '/v/$view', '/t/$task', '/$'].map((p) =>
    createRoute({ getParentRoute: () => workspace, path: p }),
  )
  const router = createRouter({
    routeTree: root.addChildren([workspace.addChildren(within), rest]),
    history: createMemoryHistory({ initialEntries: [path] }),
  })
  await router.load()
  const shown = show(<RouterProvider router={router as never} />)
  await act(async () => undefined)
  return { ...shown, router }
}

/** Signs somebody in, of whom and of whose workspaces this browser knows. */
export function rememberPerson({
  settings = {},
  workspaces = [],
}: { settings?: Record<string, string>; workspaces?: Partial<Workspace>[] } = {}) {
  const about = {
    id: 'ada',
    name: 'Ada',
    email: 'ada@example.com',
    theme: 'system',
    locale: 'en',
    timezone: 'UTC',
    notify: {},
    settings,
  }
  const me = about as unknown as Me
  begin({ status: 'ok', access_token: 'token', expires_in: 600, user: me })
  localStorage.setItem(bookKey(me.id), JSON.stringify({ me, workspaces, opened: {} }))
  return me
}

export const api = (path: string) => apiURL() + path
