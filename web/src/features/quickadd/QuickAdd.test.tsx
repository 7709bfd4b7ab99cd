import '@testing-library/jest-dom/vitest'
import { screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'

import { makeTestStore, StoreProvider } from '../../store'
import { show } from '../../ui/testing'
import QuickAdd from './QuickAdd'

let params: object = { project: 'WEB' }
vi.mock('@tanstack/react-router', () => ({
  useParams: () => params,
  useSearch: () => ({}),
  useNavigate: () => vi.fn(),
}))

function open(more: { onClose?: () => void; at?: object } = {}) {
  params = more.at ?? { project: 'WEB' }
  const store = makeTestStore({
    now: () => Date.parse('2026-11-25T10:00:00Z'),
    project: [
      { id: 'web', key: 'WEB', name: 'Website' },
      { id: 'ops', key: 'OPS', name: 'Operations', estimate_unit: 'minutes' },
    ],
    label: [{ id: 'l1', name: 'finance' }],
    member: [
      { id: 'ada', name: 'Ada Lovelace', role: 'owner' },
      { id: 'grace', name: 'Grace Hopper' },
    ],
  })
  const tools = show(
    <StoreProvider store={store}>
      <QuickAdd open onClose={more.onClose ?? (() => undefined)} />
    </StoreProvider>,
  )
  const tasks = () => store.memory.queries.get({ sort: 'created' }).tasks()
  return { ...tools, store, tasks, line: () => screen.findByRole('combobox', { name: 'Title of the new task' }) }
}

beforeEach(() => localStorage.clear())

it('adds what was read from the line, and closes', async () => {
  const onClose = vi.fn()
  const { user, line, tasks } = open({ onClose })
  await user.click(await line())
  await user.paste('Send report 2026-12-24 5pm !high #finance @grace ')
  await user.keyboard('{Enter}')
  expect(tasks()).toMatchObject([
    {
      title: 'Send report',
      project: 'web',
      priority: 2,
      labels: ['l1'],
      assignees: ['grace'],
      due: { date: '2026-12-24', time: '17:00', time_zone: 'UTC' },
    },
  ])
  expect(onClose).toHaveBeenCalled()
  expect(await screen.findByRole('region', { name: 'Message', hidden: true })).toHaveTextContent('Task added')
})

it('stays open for the next with Shift', async () => {
  const onClose = vi.fn()
  const { user, line, tasks } = open({ onClose })
  await user.type(await line(), 'One{Shift>}{Enter}{/Shift}Two{Control>}{Enter}{/Control}')
  expect(
    tasks()
      .map((t) => t.title)
      .sort(),
  ).toEqual(['One', 'Two'])
  expect(onClose).not.toHaveBeenCalled()
  expect(await line()).toHaveValue('')
})

it('leaves a piece as text when Backspace follows it, or its cross is pressed', async () => {
  const { user, line, tasks } = open()
  await user.type(await line(), 'Read Friday{Backspace} !high')
  expect(await line()).toHaveValue('Read Friday !high')
  await user.click(screen.getByRole('button', { name: 'Leave “!high” as text' }))
  await user.type(await line(), '{Enter}')
  expect(tasks()).toMatchObject([{ title: 'Read Friday !high', due: null, priority: 0 }])
})

it('completes names, and makes labels that are not there', async () => {
  const { user, line, tasks, store } = open()
  await user.type(await line(), 'Pay @gra')
  expect(await screen.findByRole('option', { name: /Grace/ })).toHaveAttribute('aria-selected', 'true')
  await user.keyboard('{Enter}')
  expect(await line()).toHaveValue('Pay @"Grace Hopper" ')
  await user.type(await line(), '#quarterly')
  await user.click(await screen.findByRole('option', { name: 'Create label “quarterly”' }))
  await user.type(await line(), '{Enter}')
  const label = store.memory.reads.labels().find((l) => l.name === 'quarterly')
  expect(tasks()).toMatchObject([{ title: 'Pay', assignees: ['grace'], labels: [label?.id] }])
})

it('asks for a project where none is known, and adds nothing before', async () => {
  const { user, line, tasks } = open({ at: {} })
  await user.type(await line(), 'Think{Enter}')
  expect(tasks()).toEqual([])
  await user.click(await screen.findByRole('option', { name: /Operations/ }))
  await user.type(await line(), ' ~2h{Enter}')
  expect(tasks()).toMatchObject([{ title: 'Think', project: 'ops', estimate: 120, assignees: ['ada'] }])
})

it('keeps the draft when it is closed', async () => {
  const first = open()
  await first.user.type(await first.line(), 'Half a thought')
  first.unmount()
  const again = open()
  expect(await again.line()).toHaveValue('Half a thought')
})

it('offers a task of each line that is pasted', async () => {
  const { user, line, tasks } = open()
  await user.click(await line())
  await user.paste('- Paint !low\n- [ ] Sweep tomorrow\n\n3. Rest')
  await user.click(await screen.findByRole('button', { name: 'Add 3 tasks' }))
  await waitFor(() => expect(tasks()).toHaveLength(3))
  expect(
    tasks()
      .map((t) => t.title)
      .sort(),
  ).toEqual(['Paint', 'Rest', 'Sweep'])
})

it('takes a description', async () => {
  const { user, line, tasks, store } = open()
  await user.type(await line(), 'Write{Tab}')
  await user.type(await screen.findByRole('textbox', { name: 'Description' }), 'All of it')
  await user.click(screen.getByRole('button', { name: 'Add task' }))
  expect(store.memory.waiting.description(tasks()[0]!.id)).toBe('All of it')
})
