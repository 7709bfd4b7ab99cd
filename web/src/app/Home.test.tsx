import '@testing-library/jest-dom/vitest'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { act } from '@testing-library/react'

import { noteWorkspace, type Workspace } from '../store'
import { noteOpened } from '../store/sync/book'
import { show } from '../ui/testing'
import Home from './Home'
import { rememberPerson } from './testing'

rememberPerson()
const workspace = (id: string, name: string) => noteWorkspace({ id, slug: id, name, role: 'owner' } as Workspace)

async function arrive() {
  const root = createRootRoute()
  const at = (path: string, component: () => React.ReactNode) =>
    createRoute({ getParentRoute: () => root, path, component })
  const router = createRouter({
    routeTree: root.addChildren([at('/', Home), at('/new', () => null), at('/$workspace/my', () => null)]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  })
  await router.load()
  const { unmount } = show(<RouterProvider router={router as never} />)
  await act(async () => undefined)
  await vi.waitFor(() => expect(router.state.location.pathname).not.toBe('/'))
  unmount()
  return router.state.location.pathname
}

test('one goes on to the workspace one was in last, else to the first, else to making one', async () => {
  expect(await arrive()).toBe('/new')
  workspace('school', 'Night school')
  workspace('harbour', 'Harbour')
  expect(await arrive()).toBe('/harbour/my')
  noteOpened('school')
  expect(await arrive()).toBe('/school/my')
})
