import '@testing-library/jest-dom/vitest'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { act, screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { SWRConfig } from 'swr'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'

import { apiURL } from '../../api/base'
import { begin, type Me } from '../../api/session'
import { makeTestStore, StoreProvider, type Store } from '../../store'
import { show } from '../../ui/testing'
import Dashboard from './Dashboard'
import { countHere } from './stats'

const url = apiURL() + '/workspaces/ws/stats'
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())
afterEach(() => server.resetHandlers())
beforeEach(() =>
  begin({ status: 'ok', access_token: 'token', expires_in: 600, user: { id: 'ada', name: 'Ada' } as Me }),
)

const now = Date.parse('2026-03-14T12:00:00Z')
const due = (date: string) => ({ due: { date, time: null, time_zone: null }, due_at: `${date}T23:59:59.999Z` })
const store = () =>
  makeTestStore({
    project: [{ id: 'web', key: 'WEB', name: 'Website' }],
    task: [
      { id: 'a', project: 'web', assignees: ['ada'], created_at: '2026-03-13T10:00:00Z', ...due('2026-03-12') },
      { id: 'b', project: 'web', created_at: '2026-03-14T10:00:00Z', ...due('2026-03-14') },
      { id: 'c', project: 'web', status: 'done', completed_at: '2026-03-14T09:00:00Z', assignees: ['ada'] },
    ],
  })
const counted = (of: Store) => countHere([...of.memory.data.all('task')], of.memory.reads.projects(), 'UTC', now)

async function showDashboard(of: Store, search = '') {
  const root = createRootRoute()
  const page = createRoute({
    getParentRoute: () => root,
    path: '/$workspace/dashboard',
    component: () => (
      <SWRConfig value={{ provider: () => new Map() }}>
        <StoreProvider store={of}>
          <Dashboard />
        </StoreProvider>
      </SWRConfig>
    ),
  })
  const lists = ['/$workspace/p/$project', '/$workspace/all'].map((path) =>
    createRoute({ getParentRoute: () => root, path }),
  )
  const router = createRouter({
    routeTree: root.addChildren([page, ...lists]),
    history: createMemoryHistory({ initialEntries: [`/harbour/dashboard${search}`] }),
  })
  await router.load()
  const shown = show(<RouterProvider router={router as never} />)
  await act(async () => undefined)
  return { ...shown, router }
}

it('counts as the server does', () => {
  const stats = counted(store())
  expect(stats).toMatchObject({ total: 3, open: 2, completed: 1, overdue: 1, by_category: { todo: 2, done: 1 } })
  expect(stats.days).toHaveLength(30)
  expect(stats.days.at(-1)).toEqual({ date: '2026-03-14', created: 1, completed: 1 })
  expect(stats.days.at(-2)).toEqual({ date: '2026-03-13', created: 1, completed: 0 })
  expect(stats.by_assignee).toContainEqual({ assignee: 'ada', open: 1, completed: 1 })
})

it('has every number of a project lead to its list', async () => {
  const of = store()
  let asked = ''
  server.use(
    http.get(url, ({ request }) => {
      asked = new URL(request.url).searchParams.get('project') ?? ''
      return HttpResponse.json(counted(of))
    }),
  )
  const { user, router } = await showDashboard(of, '?project=WEB')
  await user.click(await screen.findByRole('link', { name: 'Overdue: 1' }))
  expect(asked).toBe('web')
  expect(router.state.location.pathname).toBe('/harbour/p/WEB')
  expect(router.state.location.search).toEqual({
    layout: 'list',
    filter: {
      all: [
        { field: 'due', op: 'before', value: 'today' },
        { field: 'completed', op: 'is_set', value: false },
      ],
    },
  })
})

it('has the numbers of the whole workspace lead to all tasks', async () => {
  const of = store()
  server.use(http.get(url, () => HttpResponse.json(counted(of))))
  const { user, router } = await showDashboard(of)
  await user.click(await screen.findByRole('link', { name: 'Open: 2' }))
  expect(router.state.location.pathname).toBe('/harbour/all')
  expect(router.state.location.search).toEqual({ filter: { field: 'completed', op: 'is_set', value: false } })
})

it('tells the days by the keyboard, and as a table', async () => {
  const of = store()
  server.use(http.get(url, () => HttpResponse.json(counted(of))))
  const { user } = await showDashboard(of)
  const chart = await screen.findByRole('group', { name: /created and .* completed/ })
  chart.focus()
  await user.keyboard('{ArrowRight}{ArrowLeft}')
  expect(screen.getAllByText('Yesterday: 1 created, 0 completed')).not.toHaveLength(0)
  await user.click(screen.getByRole('button', { name: 'Show as a table' }))
  const table = screen.getByRole('table', { name: 'Created and completed a day' })
  expect(within(table).getAllByRole('row')).toHaveLength(31)
  expect(chart).not.toBeInTheDocument()
})

it('counts what is kept here without a connection, and says so', async () => {
  const of = store()
  of.memory.tellSync({ state: 'offline' })
  await showDashboard(of)
  expect(screen.getByText(/counted from what is kept here/)).toBeVisible()
  expect(screen.getByRole('table', { name: 'Tasks by project' })).toHaveTextContent('Website')
})

it('says what went wrong with the number of the request', async () => {
  server.use(http.get(url, () => HttpResponse.json({ code: 'internal', request_id: 'r-3' }, { status: 500 })))
  await showDashboard(store())
  expect(await screen.findByText('r-3')).toBeVisible()
})
