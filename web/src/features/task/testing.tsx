// For tests of a task: it stands in a router and a store, and the network answers by MSW.
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { act, screen } from '@testing-library/react'
import { SWRConfig } from 'swr'

import { begin } from '../../api/session'
import { makeTestStore, StoreProvider, type Store } from '../../store'
import type { TestRows } from '../../store/testStore'
import { taskPanelSearch } from '../../lists/search'
import { show } from '../../ui/testing'
import TaskPage from './TaskPage'
import TaskPanel from './TaskPanel'

const me = { id: 'ada', name: 'Ada' }
export const api = '*/api/v1/workspaces/ws'

/** The rows of a small workspace around what a test needs. */
export function rowsOf(rows: TestRows): TestRows {
  return { project: [{ key: 'P1', name: 'Website' }], ...rows }
}

/** Shows the page of a task, or the panel with one; answers the store, hands, and where one is. */
export async function showTask(rows: TestRows, { at = '/harbour/t/P1-1', beside = false } = {}) {
  begin({ access_token: 'token', expires_in: 600, status: 'ok', user: me } as never)
  const store = makeTestStore(rowsOf(rows))
  const router = routerOf(store, at, beside)
  await router.load()
  const drawn = show(<RouterProvider router={router} />)
  await act(async () => undefined)
  return { ...drawn, store, router }
}

function routerOf(store: Store, at: string, beside: boolean) {
  const root = createRootRoute({
    component: () => (
      <SWRConfig value={{ provider: () => new Map(), dedupingInterval: 0, shouldRetryOnError: false }}>
        <StoreProvider store={store}>
          <main>
            <Outlet />
          </main>
        </StoreProvider>
      </SWRConfig>
    ),
  })
  const workspace = createRoute({ getParentRoute: () => root, path: '/$workspace', validateSearch: taskPanelSearch })
  const page = createRoute({ getParentRoute: () => workspace, path: '/t/$task', component: TaskPage })
  const list = createRoute({
    getParentRoute: () => workspace,
    path: '/p/$project',
    component: () => {
      const { task } = list.useSearch() as { task?: string }
      return (
        <>
          {beside && task ? (
            <TaskPanel task={task} onClose={() => void router.navigate({ to: '/harbour/p/P1' as never })} />
          ) : (
            <p>The list</p>
          )}
        </>
      )
    },
  })
  const my = createRoute({ getParentRoute: () => workspace, path: '/my', component: () => <p>My work</p> })
  const router = createRouter({
    routeTree: root.addChildren([workspace.addChildren([page, list, my])]),
    history: createMemoryHistory({ initialEntries: [at] }),
  })
  return router as unknown as {
    load(): Promise<void>
    navigate(to: object): Promise<void>
    state: { location: { href: string; pathname: string } }
  } & Parameters<typeof RouterProvider>[0]['router']
}

export const titleField = () => screen.getByRole('textbox', { name: 'Title' })
