import '@testing-library/jest-dom/vitest'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { screen, waitFor } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import type { FunctionComponent } from 'react'
import { SWRConfig } from 'swr'

import { begin } from '../../api/session'
import { makeTestStore, StoreProvider } from '../../store'
import type { TestRows } from '../../store/testStore'
import { show } from '../../ui/testing'
import FirstRun from './FirstRun'
import Importer from './Importer'
import type { Import } from './useImport'

vi.setConfig({ testTimeout: 20_000 })
const at = (path: string) => new URL('api/v1/workspaces/ws' + path, document.baseURI).href
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const none = { created: 0, updated: 0, unchanged: 0 }
const report = (dry_run: boolean): Import['report'] => ({
  dry_run,
  source: 'trello',
  project: { created: true, id: dry_run ? null : 'p1', name: 'Regatta' },
  counts: { tasks: { ...none, created: 12 }, comments: none, labels: none, statuses: none },
  people: [{ name: 'Grace', username: 'grace', user: null, by: '', tasks: 2 }],
  notes: [{ kind: 'lost', code: 'trello.votes', text: 'Votes are not kept.', count: 3, examples: ['Order ropes'] }],
})
const found = (id: string, dry_run: boolean, more: Partial<Import> = {}): Import => ({
  id,
  dry_run,
  source: 'trello',
  state: 'done',
  progress: { done: 12, total: 12 },
  report: report(dry_run),
  error: null,
  created_by: 'ada',
  created_at: '2026-01-01T00:00:00Z',
  finished_at: null,
  ...more,
})

function open(Part: FunctionComponent, rows: TestRows = {}) {
  begin({ status: 'ok', user: { id: 'ada' }, access_token: 'token', expires_in: 600 } as Parameters<typeof begin>[0])
  const store = makeTestStore(rows)
  const router = createRouter({ routeTree: createRootRoute({ component: Part }), history: createMemoryHistory() })
  const drawn = (
    <SWRConfig value={{ provider: () => new Map() }}>
      <StoreProvider store={store}>
        <RouterProvider router={router as never} />
      </StoreProvider>
    </SWRConfig>
  )
  return { ...show(drawn), store }
}
const file = () => new File(['{}'], 'regatta.json', { type: 'application/json' })
const chooses = async (user: ReturnType<typeof show>['user']) =>
  user.upload(await screen.findByLabelText('File of the board'), file())

it('tells first what comes of a board, makes it then, and takes it back', async () => {
  const begun: boolean[] = []
  let undone = false
  server.use(
    http.post(at('/imports'), async () => {
      begun.push(begun.length === 0)
      const id = begun.length === 1 ? 'dry' : 'real'
      return HttpResponse.json(found(id, id === 'dry'), { status: 202 })
    }),
    http.get(at('/imports/dry'), () => HttpResponse.json(found('dry', true))),
    http.get(at('/imports/real'), () => HttpResponse.json(found('real', false, undone ? { state: 'undone' } : {}))),
    http.post(at('/imports/real/undo'), () => {
      undone = true
      return HttpResponse.json(found('real', false, { state: 'undone' }), { status: 202 })
    }),
  )
  const { user } = open(Importer, { project: [{ id: 'p1', key: 'REG', name: 'Regatta' }] })
  await chooses(user)
  expect(await screen.findByText('This becomes the project Regatta')).toBeInTheDocument()
  expect(screen.getByText('What will not come over')).toBeInTheDocument()
  expect(screen.getByText('No member fits')).toBeInTheDocument()
  expect(begun).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: 'Import' }))
  expect(await screen.findByText('12 tasks were made.')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Undo the import' }))
  await user.click((await screen.findAllByRole('button', { name: 'Undo the import' })).at(-1)!)
  expect(await screen.findByText('The import is taken back')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Import a board' }))
})

it('says why a file is refused, and stays where another can be chosen', async () => {
  server.use(
    http.post(at('/imports'), () =>
      HttpResponse.json(
        { status: 422, code: 'import-unreadable', title: '', detail: 'This is not a board.', request_id: 'req-7' },
        { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  )
  const { user } = open(Importer)
  await chooses(user)
  expect(await screen.findByRole('alert')).toHaveTextContent('This is not a board.')
  expect(screen.getByRole('alert')).toHaveTextContent('req-7')
  expect(screen.getByRole('button', { name: 'Choose a file' })).toBeInTheDocument()
})

it('sends no file that is larger than is taken', async () => {
  const { user } = open(Importer)
  const large = file()
  Object.defineProperty(large, 'size', { value: 101 * 2 ** 20 })
  await user.upload(await screen.findByLabelText('File of the board'), large)
  expect(await screen.findByRole('alert')).toHaveTextContent('larger than 100 MB')
})

it('finds an import again that goes on', async () => {
  localStorage.setItem(
    'rung.imports',
    JSON.stringify({ ws: { id: 'real', file: 'regatta.json', checklists: 'markdown' } }),
  )
  dispatchEvent(new StorageEvent('storage', { key: 'rung.imports' }))
  server.use(
    http.get(at('/imports/real'), () =>
      HttpResponse.json(found('real', false, { state: 'running', report: null, progress: { done: 3, total: 12 } })),
    ),
  )
  open(Importer)
  expect(await screen.findByRole('progressbar')).toHaveAttribute('aria-valuenow', '25')
})

it('is not for guests', async () => {
  open(Importer, { member: [{ id: 'ada', name: 'Ada', role: 'guest' }] })
  expect(await screen.findByText(/Guests can’t import/)).toBeInTheDocument()
})

it('begins with a sample project of eight tasks, which is taken back as one', async () => {
  const { user, store } = open(FirstRun)
  await user.click(await screen.findByRole('button', { name: /small sample project/ }))
  const made = () => [...store.memory.data.all('task')].length
  await waitFor(() => expect(made()).toBe(8))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(made()).toBe(0)
  expect([...store.memory.data.all('project')]).toEqual([])
})
