import '@testing-library/jest-dom/vitest'
import { screen, within } from '@testing-library/react'

import { makeTestStore, StoreProvider } from '../../store'
import { useCommands } from '../../ui/commands'
import { show } from '../../ui/testing'
import Palette from './Palette'

const go = vi.fn()
const onClose = vi.fn()
const addTask = vi.fn()
beforeEach(() => vi.clearAllMocks())

const store = makeTestStore({
  project: [
    { id: 'web', key: 'WEB', name: 'Website' },
    { id: 'app', key: 'APP', name: 'Mobile app' },
  ],
  view: [{ id: 'late', name: 'What is late' }],
  task: [
    { id: 'one', key: 'WEB-1', title: 'Write the first page', project: 'web' },
    { id: 'two', key: 'APP-2', title: 'Mobile header', project: 'app' },
  ],
})

function Screen() {
  useCommands([
    { id: 'task.add', name: 'Add a task', group: 'Work', keys: 'c', run: addTask },
    { id: 'secret', name: 'Add a secret', hidden: true, run: () => undefined },
    { id: 'off', name: 'Add what may not be', enabled: false, run: () => undefined },
  ])
  const visited = [
    { kind: 'task' as const, id: 'two' },
    { kind: 'view' as const, id: 'late' },
    { kind: 'project' as const, id: 'gone' },
  ]
  return <Palette onClose={onClose} projects={store.memory.reads.projects()} visited={visited} go={go} />
}

async function open() {
  const { user } = show(
    <StoreProvider store={store}>
      <Screen />
    </StoreProvider>,
  )
  const field = await screen.findByRole('combobox')
  return { user, field }
}

const lines = (section: string) =>
  within(screen.getByRole('group', { name: section }))
    .getAllByRole('option')
    .map((o) => o.textContent)
const chosen = () => document.getElementById(screen.getByRole('combobox').getAttribute('aria-activedescendant') ?? '')

test('opens with what was looked at lately and what can be done, keys beside it', async () => {
  const { field } = await open()
  expect(field).toHaveFocus()
  expect(lines('Recent')).toEqual(['Mobile headerAPP-2', 'What is late'])
  expect(lines('Commands')).toEqual(['Add a taskWorkC'])
  expect(chosen()).toHaveTextContent('Mobile header')
})

test('finds tasks, projects and commands as one types, the best first', async () => {
  const { user } = await open()
  await user.keyboard('mob')
  expect(screen.getAllByRole('group').map((g) => g.firstChild?.textContent)).toEqual([
    'Tasks',
    'Projects',
    'Everywhere',
  ])
  await user.keyboard('{ArrowDown}')
  expect(chosen()).toHaveTextContent('Mobile app')
  await user.keyboard('{Enter}')
  expect(onClose).toHaveBeenCalled()
  await vi.waitFor(() => expect(go).toHaveBeenCalledWith({ kind: 'project', project: 'APP' }))
})

test('a key leads to its task, and the arrows go round', async () => {
  const { user } = await open()
  await user.keyboard('web-1{ArrowUp}')
  expect(chosen()).toHaveTextContent('Search tasks and comments for “web-1”')
  await user.keyboard('{ArrowDown}{Enter}')
  await vi.waitFor(() => expect(go).toHaveBeenCalledWith({ kind: 'task', task: 'WEB-1' }))
})

test('does a command, found by the beginnings of its words', async () => {
  const { user } = await open()
  await user.keyboard('adta{Enter}')
  await vi.waitFor(() => expect(addTask).toHaveBeenCalled())
})

test('Escape and its own key close it, and nothing is done', async () => {
  const { user } = await open()
  await user.keyboard('{Control>}k{/Control}')
  expect(onClose).toHaveBeenCalledTimes(1)
  await user.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledTimes(2)
  expect(go).not.toHaveBeenCalled()
})
