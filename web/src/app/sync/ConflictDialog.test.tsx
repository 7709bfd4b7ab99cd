import '@testing-library/jest-dom/vitest'
import { screen, within } from '@testing-library/react'

import { makeTestStore } from '../../store'
import { showAt } from '../testing'
import ConflictDialog from './ConflictDialog'
import { RepairContext } from './repair'

const resolve = vi.fn()
const onClose = vi.fn()
beforeEach(() => vi.clearAllMocks())

async function open() {
  const store = makeTestStore({ project: [{}], task: [{ key: 'WEB-1', title: 'Old title', priority: 0 }] })
  store.act.updateTask('task-1', { title: 'My title', priority: 1 }, { base: 1 })
  const op = store.memory.pending()[0]!.id
  const conflicts = [
    { field: 'title', base: 'Old title', theirs: 'Their title' },
    { field: 'priority', base: 0, theirs: 3 },
  ]
  store.memory.refuse(op, { status: 412, code: 'conflict', detail: '', errors: [], conflicts })
  const dialog = (
    <RepairContext value={{ resolve, retry: vi.fn(), compare: vi.fn() }}>
      <ConflictDialog refused={store.memory.sync.refused[0]!} onClose={onClose} />
    </RepairContext>
  )
  const { user } = await showAt('/harbour/my', dialog, store)
  await screen.findByRole('dialog')
  return { user, op, store }
}

test('shows what it was, theirs and mine, and keeps mine unless told otherwise', async () => {
  const { user, op } = await open()
  const title = within(screen.getByRole('region', { name: 'Title' }))
  const figures = title.getAllByRole('figure').map((f) => f.textContent)
  expect(figures).toEqual(['BeforeOld title', 'TheirsOldTheir title', 'MineOldMy title'])
  expect(within(screen.getByRole('region', { name: 'Priority' })).getByText('Urgent')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(resolve).toHaveBeenCalledWith(op, { title: 'My title', priority: 1 })
  expect(onClose).toHaveBeenCalled()
})

test('each field is chosen by itself, and a text can be written anew', async () => {
  const { user, op } = await open()
  const title = within(screen.getByRole('region', { name: 'Title' }))
  await user.click(title.getByRole('radio', { name: 'Write it anew' }))
  const field = title.getByRole('textbox', { name: 'Title, written anew' })
  expect(field).toHaveValue('My title')
  await user.clear(field)
  await user.type(field, 'Our title')
  const priority = within(screen.getByRole('region', { name: 'Priority' }))
  expect(priority.queryByRole('radio', { name: 'Write it anew' })).not.toBeInTheDocument()
  await user.click(priority.getByRole('radio', { name: 'Keep theirs' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(resolve).toHaveBeenCalledWith(op, { title: 'Our title', priority: 3 })
})

test('all of theirs is to let go of mine', async () => {
  const { user, op } = await open()
  for (const one of screen.getAllByRole('radio', { name: 'Keep theirs' })) await user.click(one)
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(resolve).toHaveBeenCalledWith(op, 'theirs')
})

test('one press keeps theirs', async () => {
  const { user, op } = await open()
  await user.click(screen.getByRole('button', { name: 'Keep theirs' }))
  expect(resolve).toHaveBeenCalledWith(op, 'theirs')
})

test('closing it decides nothing and loses nothing', async () => {
  const { user, store } = await open()
  await user.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalled()
  expect(resolve).not.toHaveBeenCalled()
  expect(store.memory.sync.refused).toHaveLength(1)
})
