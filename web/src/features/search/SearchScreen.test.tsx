import '@testing-library/jest-dom/vitest'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { act, screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { SWRConfig } from 'swr'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'

import { apiURL } from '../../api/base'
import { begin, type Me } from '../../api/session'
import { makeTestStore, StoreProvider } from '../../store'
import { show } from '../../ui/testing'
import { rangesOf } from './found'
import SearchScreen from './SearchScreen'

const url = apiURL() + '/workspaces/ws/search'
const server = setupServer()
let asked: URLSearchParams[] = []
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())
afterEach(() => server.resetHandlers())
beforeEach(() => {
  localStorage.clear()
  asked = []
  begin({ status: 'ok', access_token: 'token', expires_in: 600, user: { id: 'ada', name: 'Ada' } as Me })
})

const store = () =>
  makeTestStore({
    project: [
      { id: 'web', key: 'WEB', name: 'Website' },
      { id: 'app', key: 'APP', name: 'Mobile' },
    ],
    task: [
      { id: 'a', key: 'WEB-1', project: 'web', title: 'Mend the old pier', description: 'Bring the long ladder.' },
      { id: 'b', key: 'APP-1', project: 'app', title: 'Piercing alarm' },
    ],
  })

function answers(items: object[], next: string | null = null) {
  server.use(
    http.get(url, ({ request }) => {
      const params = new URL(request.url).searchParams
      asked.push(params)
      return HttpResponse.json({ items, next_cursor: params.get('cursor') ? null : next, complete: true })
    }),
  )
}

async function showSearch(of = store(), q = '') {
  const root = createRootRoute()
  const page = createRoute({
    getParentRoute: () => root,
    path: '/$workspace/search',
    component: () => (
      <SWRConfig value={{ provider: () => new Map() }}>
        <StoreProvider store={of}>
          <SearchScreen />
        </StoreProvider>
      </SWRConfig>
    ),
  })
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: [`/harbour/search${q && `?q=${q}`}`] }),
  })
  await router.load()
  const shown = show(<RouterProvider router={router as never} />)
  await act(async () => undefined)
  return { ...shown, router }
}

const found = (of: ReturnType<typeof store>) => {
  const task = { ...of.memory.data.get('task', 'a')! }
  const comment = { id: 'c', author: { user: 'ada', name: 'Ada' }, created_at: '2026-01-01T00:00:00Z', edited_at: null }
  return [
    { type: 'task', task, title_ranges: [[13, 17]], excerpt: null, comment: null },
    {
      type: 'comment',
      task,
      title_ranges: [],
      excerpt: { field: 'body', text: 'The pier is wet', ranges: [[4, 8]], before: false, after: true },
      comment,
    },
  ]
}

it('shows at once what is here, then what the server finds, with the words marked', async () => {
  const of = store()
  answers(found(of))
  const { user } = await showSearch(of)
  await user.type(screen.getByRole('combobox'), 'pier')
  expect(screen.getAllByRole('option')).toHaveLength(2)
  expect(screen.getByText('Piercing').tagName).toBe('MARK')
  expect(await screen.findByText(/Ada, /)).toBeVisible()
  expect(screen.queryByText('Piercing')).toBeNull()
  expect(screen.getAllByText('pier').map((m) => m.tagName)).toEqual(['MARK', 'MARK'])
  expect(asked.at(-1)?.get('q')).toBe('pier')
})

it('goes through what was found by arrows, opens by Enter, and remembers the words', async () => {
  const of = store()
  answers(found(of))
  const { user, router, unmount } = await showSearch(of, 'pier')
  await screen.findByText(/Ada, /)
  await user.type(screen.getByRole('combobox'), '{ArrowDown}')
  expect(screen.getAllByRole('option')[1]).toHaveAttribute('aria-selected', 'true')
  await user.keyboard('{Enter}')
  expect(router.state.location.search).toMatchObject({ q: 'pier', task: 'WEB-1' })
  unmount()
  await showSearch(of)
  expect(screen.getByRole('button', { name: 'pier' })).toBeVisible()
})

it('narrows here and on the server alike', async () => {
  answers([])
  const { user } = await showSearch(store(), 'pier')
  await user.click(screen.getByRole('button', { name: 'Project' }))
  await user.click(await screen.findByRole('option', { name: /Mobile/ }))
  await user.keyboard('{Escape}')
  await user.click(screen.getByRole('button', { name: 'Also completed' }))
  expect(await screen.findByText('Nothing was found within what you chose.')).toBeVisible()
  expect(asked.at(-1)?.get('project')).toBe('app')
  expect(asked.at(-1)?.get('completed')).toBe('false')
})

it('finds words of descriptions without a connection, and says so', async () => {
  const of = store()
  of.memory.tellSync({ state: 'offline' })
  await showSearch(of, 'ladder')
  expect(await screen.findByRole('option', { name: /Mend the old pier/ })).toBeVisible()
  expect(screen.getByText(/only what is kept here was searched/)).toBeVisible()
  expect(asked).toEqual([])
})

it('brings more when asked, says when nothing was found, and tells the number of a request that failed', async () => {
  const of = store()
  answers(found(of).slice(0, 1), 'next')
  const { user } = await showSearch(of, 'pier')
  await user.click(await screen.findByRole('button', { name: 'Show more' }))
  expect(await within(screen.getByRole('status')).findByText(/found/)).toBeVisible()
  expect(asked.at(-1)?.get('cursor')).toBe('next')
  answers([])
  await user.clear(screen.getByRole('combobox'))
  await user.type(screen.getByRole('combobox'), 'zeppelin')
  expect(await screen.findByText(/Nothing was found/)).toBeVisible()
  server.use(http.get(url, () => HttpResponse.json({ code: 'internal', request_id: 'r-9' }, { status: 500 })))
  await user.type(screen.getByRole('combobox'), 's')
  expect(await screen.findByText('r-9')).toBeVisible()
})

it('marks the words of a title that begin with what is typed', () => {
  expect(rangesOf('Übung am Pier', 'ubu pi')).toEqual([
    [0, 5],
    [9, 13],
  ])
  expect(rangesOf('Nothing', 'pier')).toEqual([])
})
