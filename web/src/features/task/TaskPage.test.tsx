import '@testing-library/jest-dom/vitest'
import { act, screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import { api, showTask, titleField } from './testing'

const server = setupServer(
  http.get(`${api}/tasks/:task/activity`, () => HttpResponse.json({ items: [], next_cursor: null })),
)
beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' })
  await import('../../markdown/editor/Editor') // so that no test waits for it
})
beforeEach(() => localStorage.clear())
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

test('a title that is changed is kept when it is left, and by Enter', async () => {
  const { store, user } = await showTask({ task: [{ title: 'Paint the pier' }] })
  await user.type(titleField(), ' today{Enter}')
  expect(store.memory.data.task('P1-1')?.title).toBe('Paint the pier today')
  await user.type(titleField(), ' or never')
  await user.tab()
  expect(store.memory.data.task('P1-1')?.title).toBe('Paint the pier today or never')
  expect(document.title).toBe('P1-1 Paint the pier today or never · Rung')
})

test('Escape leaves the title as it was, and an empty one is not taken', async () => {
  const { store, user } = await showTask({ task: [{ title: 'Paint the pier' }] })
  await user.type(titleField(), ' twice{Escape}')
  expect(titleField()).toHaveValue('Paint the pier')
  await user.clear(titleField())
  await user.tab()
  expect(titleField()).toHaveValue('Paint the pier')
  expect(store.memory.data.task('P1-1')?.title).toBe('Paint the pier')
})

test('what others change does not overwrite a title that is being typed, and the server is told what it began from', async () => {
  const { store, user } = await showTask({ task: [{ title: 'Paint the pier', version: 3 }] })
  await user.type(titleField(), '!')
  const row = { ...store.memory.data.task('P1-1')!, title: 'Paint the jetty', version: 4 }
  act(() => void store.memory.load([{ kind: 'task', row }]))
  expect(titleField()).toHaveValue('Paint the pier!')
  expect(await screen.findByText(/changed this to “Paint the jetty”/)).toBeVisible()
  await user.type(titleField(), '{Enter}')
  expect(store.memory.pending()[0]?.action).toMatchObject({ patch: { title: 'Paint the pier!' }, base: 3 })
})

test('who may only look sees words and no ways to change them', async () => {
  await showTask({
    member: [{ id: 'ada', name: 'Ada', role: 'guest' }],
    grant: [{ id: 'project-1/ada', project: 'project-1', user: 'ada', role: 'viewer' }],
    task: [{ title: 'Paint the pier', description: '- [ ] buy paint' }],
  })
  expect(screen.queryByRole('textbox', { name: 'Title' })).toBeNull()
  expect(screen.queryByRole('button', { name: /^Status/ })).toBeNull()
  expect(screen.queryByRole('button', { name: /comment/i })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Add a sub-task' })).toBeNull()
  expect(await screen.findByRole('checkbox', { name: 'buy paint' })).toBeDisabled()
})

test('boxes of the description can be ticked', async () => {
  const { store, user } = await showTask({ task: [{ description: '- [ ] buy paint\n- [ ] paint' }] })
  await user.click(await screen.findByRole('checkbox', { name: 'paint' }))
  expect(store.memory.pending()[0]?.action).toMatchObject({ patch: { description: '- [ ] buy paint\n- [x] paint' } })
})

test('a description is written by key, kept as a draft, and saved by key', async () => {
  const { store, user, unmount } = await showTask({ task: [{ description: 'At dusk.' }] })
  await screen.findByText('At dusk.')
  await user.keyboard('w')
  await user.type(await screen.findByRole('textbox', { name: 'Description' }), ' With lamps.')
  unmount()
  const again = await showTask({ task: [{ description: 'At dusk.' }] })
  const field = await screen.findByRole('textbox', { name: 'Description' })
  expect(field).toHaveValue('At dusk. With lamps.')
  await again.user.type(field, '{Control>}{Enter}{/Control}')
  expect(again.store.memory.pending()[0]?.action).toMatchObject({ patch: { description: 'At dusk. With lamps.' } })
  expect(store.memory.pending()).toHaveLength(0)
})

test('a former key leads to the task, and the address takes its present one', async () => {
  const { router } = await showTask({ task: [{ key: 'P1-1', previous_keys: ['OLD-7'] }] }, { at: '/harbour/t/OLD-7' })
  await waitFor(() => expect(router.state.location.pathname).toBe('/harbour/t/P1-1'))
  expect(titleField()).toHaveValue('Task 1')
})

test('a task that nobody knows says so', async () => {
  await showTask({ task: [{}] }, { at: '/harbour/t/P1-99' })
  expect(screen.getByText(/There is no such task, or you have no access/)).toBeVisible()
})

test('a task that somebody else deletes can be restored from where it was', async () => {
  const { store, user } = await showTask({ task: [{ title: 'Paint the pier' }] })
  act(() => void store.act.deleteTasks(['task-1']))
  expect(screen.getByText('This task is in the trash')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Restore' }))
  expect(store.memory.data.task('P1-1')?.title).toBe('Paint the pier')
})

test('a task without a key yet is shown as new', async () => {
  const { store, router } = await showTask({ task: [{}] })
  const { task } = store.act.createTask({ project: 'project-1', title: 'Fresh' })
  await act(() => router.navigate({ to: `/harbour/t/${task.id}` }))
  expect(within(screen.getByRole('navigation')).getByText('New')).toBeVisible()
  expect(titleField()).toHaveValue('Fresh')
})
