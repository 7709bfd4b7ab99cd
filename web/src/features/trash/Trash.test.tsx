import '@testing-library/jest-dom/vitest'
import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { SWRConfig } from 'swr'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'

import { apiURL } from '../../api/base'
import { begin, type Me } from '../../api/session'
import { makeTestStore, StoreProvider } from '../../store'
import { show } from '../../ui/testing'
import Trash from './Trash'

const url = apiURL() + '/workspaces/ws/trash'
const deleted_at = new Date(Date.now() - 3 * 86_400_000).toISOString()
const task = { type: 'task', id: 't1', deleted_at, data: { id: 't1', key: 'WEB-3', title: 'Old pier', project: 'web' } }
const file = { type: 'attachment', id: 'f1', deleted_at, data: { id: 'f1', name: 'map.png', task: 't2' } }
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())
afterEach(() => server.resetHandlers())
beforeEach(() => {
  begin({ status: 'ok', access_token: 'token', expires_in: 600, user: { id: 'ada', name: 'Ada' } as Me })
  server.use(http.get(url, () => HttpResponse.json({ items: [task, file], next_cursor: null })))
})

function showTrash(role: 'owner' | 'member' = 'owner') {
  const store = makeTestStore({
    project: [{ id: 'web', name: 'Website', created_by: 'bert' }],
    member: [{ id: 'ada', role }],
    task: [{ id: 't2', project: 'web', title: 'Harbour map' }],
  })
  const shown = show(
    <SWRConfig value={{ provider: () => new Map() }}>
      <StoreProvider store={store}>
        <Trash />
      </StoreProvider>
    </SWRConfig>,
  )
  return { ...shown, store }
}

it('lists what can be taken back, by kind, and until when', async () => {
  const { user } = showTrash()
  expect(await screen.findByText('Old pier')).toBeVisible()
  expect(screen.getByText(/WEB-3 · Website/)).toHaveTextContent('gone for good in 27 days')
  await user.click(screen.getByRole('radio', { name: 'Files' }))
  expect(screen.queryByText('Old pier')).toBeNull()
  await user.click(screen.getByRole('radio', { name: 'Projects' }))
  await user.click(screen.getByRole('button', { name: 'Show everything' }))
  expect(screen.getByText('map.png')).toBeVisible()
})

it('restores a task through the store and takes it off the list at once', async () => {
  const { user, store } = showTrash()
  await user.click(await screen.findByRole('button', { name: 'Restore Old pier' }))
  await waitFor(() => expect(screen.queryByText('Old pier')).toBeNull())
  expect(store.memory.pending().map((o) => o.action)).toEqual([{ kind: 'task.restore', id: 't1' }])
})

it('restores a file, and brings its line back with the reason if that is refused', async () => {
  server.use(
    http.post(apiURL() + '/workspaces/ws/tasks/t2/attachments/f1/restore', () =>
      HttpResponse.json({ code: 'forbidden', status: 403 }, { status: 403 }),
    ),
  )
  const { user } = showTrash()
  await user.click(await screen.findByRole('button', { name: 'Restore map.png' }))
  expect(await screen.findByText(/Your role does not allow this/)).toBeVisible()
  expect(screen.getByText('map.png')).toBeVisible()
})

it('removes for good only after asking, and only for those who may', async () => {
  let removed = 0
  server.use(http.delete(url + '/task/t1', () => new HttpResponse(null, { status: ++removed && 204 })))
  const { user, unmount } = showTrash()
  await user.click(await screen.findByRole('button', { name: 'Remove Old pier for good' }))
  const dialog = await screen.findByRole('alertdialog')
  expect(removed).toBe(0)
  await user.click(within(dialog).getByRole('button', { name: 'Remove for good' }))
  await waitFor(() => expect(removed).toBe(1))
  unmount()
  showTrash('member')
  await screen.findByText('Old pier')
  expect(screen.queryByRole('button', { name: 'Remove Old pier for good' })).toBeNull()
})

it('says what went wrong with the number of the request', async () => {
  server.use(http.get(url, () => HttpResponse.json({ code: 'internal', request_id: 'r-17' }, { status: 500 })))
  showTrash()
  expect(await screen.findByText('r-17')).toBeVisible()
})
