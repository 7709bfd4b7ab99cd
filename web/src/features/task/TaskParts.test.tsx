import '@testing-library/jest-dom/vitest'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import { api, showTask } from './testing'

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

const family = [
  { title: 'Paint the pier' },
  { title: 'Buy paint', parent: 'task-1', child_position: '4000000000000' },
  { title: 'Borrow a ladder', parent: 'task-1', child_position: '5000000000000' },
]

test('sub-tasks are added one after the other, ticked, and moved by keys', async () => {
  const { store, user } = await showTask({ task: family })
  await user.keyboard('{Shift>}S{/Shift}')
  await user.type(screen.getByRole('textbox', { name: 'Title of the new sub-task' }), 'Wait for sun{Enter}{Escape}')
  const list = screen.getByRole('region', { name: 'Sub-tasks' })
  expect(
    within(list)
      .getAllByRole('link')
      .map((l) => l.textContent),
  ).toEqual(['Buy paint', 'Borrow a ladder', 'Wait for sun'])
  await user.click(within(list).getByRole('checkbox', { name: 'Buy paint is done' }))
  expect(store.memory.data.get('task', 'task-2')?.status).toBe('done')
  within(list).getByRole('link', { name: 'Borrow a ladder' }).focus()
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
  expect(within(list).getAllByRole('link')[0]).toHaveTextContent('Borrow a ladder')
  expect(screen.getByText('Borrow a ladder, 1 of 3', { exact: false })).toBeInTheDocument()
})

test('a list that is pasted becomes a sub-task a line', async () => {
  const { user } = await showTask({ task: [{}] })
  await user.keyboard('{Shift>}S{/Shift}')
  await user.paste('- [ ] Buy paint\n- Borrow a ladder\n')
  const list = screen.getByRole('region', { name: 'Sub-tasks' })
  expect(
    within(list)
      .getAllByRole('link')
      .map((l) => l.textContent),
  ).toEqual(['Buy paint', 'Borrow a ladder'])
})

test('a relation is read from its own end, and comes back when its removal is undone', async () => {
  const relation = [{ id: 'r', type: 'blocks' as const, task: 'task-2', other: 'task-1' }]
  const { store, user } = await showTask({ task: [{}, { title: 'Dry dock' }], relation })
  expect(screen.getByRole('heading', { name: 'Blocked by' })).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Not related to Dry dock' }))
  expect(screen.queryByRole('heading', { name: 'Blocked by' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  expect(screen.getByRole('heading', { name: 'Blocked by' })).toBeVisible()
  expect([...store.memory.data.all('relation')]).toHaveLength(1)
})

test('a comment is written by key and sent by key; an empty one is not', async () => {
  const { store, user } = await showTask({ task: [{}] })
  await user.keyboard('m')
  const field = await screen.findByRole('textbox', { name: 'Comment' })
  await user.type(field, ' {Control>}{Enter}{/Control}')
  expect(store.memory.pending()).toHaveLength(0)
  await user.type(field, 'Well painted.{Control>}{Enter}{/Control}')
  expect(store.memory.pending()[0]?.action).toMatchObject({
    kind: 'comment.create',
    body: expect.stringContaining('Well painted.'),
  })
  expect(field).toHaveValue('')
  expect(await screen.findByText('Well painted.')).toBeVisible()
})

test('others’ comments can be answered and not changed by who does not moderate', async () => {
  const { user } = await showTask({
    member: [
      { id: 'ada', name: 'Ada', role: 'member' },
      { id: 'bob', name: 'Bob' },
    ],
    project: [{ key: 'P1', created_by: 'bob' }],
    task: [{}],
    comment: [{ created_by: 'bob', author: { user: 'bob', name: 'Bob' } }],
  })
  await user.click(screen.getByRole('button', { name: 'What to do with this comment' }))
  expect(await screen.findByRole('menuitem', { name: 'Copy link' })).toBeVisible()
  expect(screen.queryByRole('menuitem', { name: 'Delete' })).toBeNull()
})

test('what happened is told in words, between the comments', async () => {
  const actor = { type: 'user', id: 'bob', name: 'Bob' }
  const line = (seq: number, after: object, before = {}) => ({
    seq,
    type: 'task.updated',
    at: `2026-01-02T0${seq}:00:00.000Z`,
    actor,
    entity: 'task',
    entity_id: 'task-1',
    before,
    after,
  })
  const items = [line(3, { priority: 1 }), line(2, { status: 'done', position: 'x' }), line(1, { position: 'y' })]
  server.use(http.get(`${api}/tasks/task-1/activity`, () => HttpResponse.json({ items, next_cursor: null })))
  await showTask({ task: [{}], comment: [{ created_at: '2026-01-02T02:30:00.000Z' }] })
  await screen.findByText(/set the status to Done/)
  const entries = within(screen.getByRole('region', { name: 'Activity' })).getAllByRole('listitem')
  expect(entries.map((e) => /status|Well said|priority/.exec(e.textContent)?.[0])).toEqual([
    'status',
    'Well said',
    'priority',
  ])
})

test('a file is sent with its id, and one that is refused says why and can be sent again', async () => {
  let refused = true
  const ids: unknown[] = []
  server.use(
    http.post(`${api}/tasks/task-1/attachments`, async ({ request }) => {
      expect(request.headers.get('Authorization')).toBe('Bearer token')
      ids.push(/name="id"\r\n\r\n([^\r]+)/.exec(await request.text())?.[1])
      if (refused)
        return HttpResponse.json({ code: 'quota-exceeded', detail: 'There is no room left.' }, { status: 403 })
      return HttpResponse.json({ id: ids[0], name: 'plan.txt' }, { status: 201 })
    }),
  )
  const { user } = await showTask({ task: [{}] })
  const chooser = screen.getByLabelText('Attach files', { selector: 'input' })
  fireEvent.change(chooser, { target: { files: [new File(['plan'], 'plan.txt')] } })
  expect(await screen.findByText('There is no room left.')).toBeVisible()
  refused = false
  await user.click(screen.getByRole('button', { name: 'Send plan.txt again' }))
  await waitFor(() => expect(screen.getByText(/plan.txt is attached/)).toBeInTheDocument())
  expect(ids[0]).toBe(ids[1])
})

test('a file that is deleted goes at once and comes back when that is undone', async () => {
  const calls: string[] = []
  const note = ({ request }: { request: Request }) => {
    calls.push(`${request.method} ${new URL(request.url).pathname.split('/').slice(-2).join('/')}`)
    return request.method === 'DELETE' ? new HttpResponse(null, { status: 204 }) : HttpResponse.json({})
  }
  server.use(
    http.delete(`${api}/tasks/task-1/attachments/a`, note),
    http.post(`${api}/tasks/task-1/attachments/a/restore`, note),
  )
  const { user } = await showTask({ task: [{}], attachment: [{ id: 'a', name: 'plan.txt' }] })
  await user.click(screen.getByRole('button', { name: 'Delete plan.txt' }))
  expect(screen.queryByRole('button', { name: 'plan.txt' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  expect(screen.getByRole('button', { name: 'plan.txt' })).toBeVisible()
  await waitFor(() => expect(calls).toEqual(['DELETE attachments/a', 'POST a/restore']))
})

test('beside a list the keys are for the open task; what it is a part of opens in the same place', async () => {
  const { store, user, router } = await showTask({ task: family }, { at: '/harbour/p/P1?task=P1-2', beside: true })
  await user.keyboard('e')
  expect(store.memory.data.get('task', 'task-2')?.status).toBe('done')
  await user.click(screen.getByRole('link', { name: 'P1-1' }))
  expect(router.state.location.href).toBe('/harbour/p/P1?task=P1-1')
  await user.keyboard('{Delete}')
  await waitFor(() => expect(router.state.location.href).toBe('/harbour/p/P1'))
})
