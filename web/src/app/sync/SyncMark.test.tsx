import '@testing-library/jest-dom/vitest'
import { act, screen, within } from '@testing-library/react'

import { makeTestStore, type Store } from '../../store'
import { showAt } from '../testing'
import { RepairContext } from './repair'
import { SyncMark } from './SyncMark'

const retry = vi.fn()
const compare = vi.fn()
const mark = (
  <RepairContext value={{ retry, compare, resolve: vi.fn() }}>
    <SyncMark />
  </RepairContext>
)

function write(store: Store) {
  store.act.createTask({ project: 'project-1', title: 'Call the harbour' })
  store.act.createComment('task-1', 'Said well')
  const { memory } = store
  memory.tellSync({ waiting: memory.pending().length })
}

test('what passes by itself is not shown; after a while there is a quiet sign, and behind it what waits', async () => {
  const store = makeTestStore({ project: [{ name: 'Website' }], task: [{ key: 'WEB-1' }] })
  const { user } = await showAt('/harbour/my', mark, store)
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
  act(() => store.memory.tellSync({ state: 'offline' }))
  act(() => write(store))
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
  const button = await screen.findByRole('button', { name: 'Offline. 2 changes wait.' }, { timeout: 4000 })
  await user.click(button)
  const list = within(await screen.findByRole('region', { name: 'Waiting' }))
  expect(list.getByText('New task in Website')).toBeVisible()
  expect(list.getByText('Call the harbour')).toBeVisible()
  expect(list.getByText('Comment on WEB-1')).toBeVisible()
})

test('where the browser keeps nothing, it says to leave the tab open while changes wait', async () => {
  const store = makeTestStore({ project: [{ name: 'Website' }], task: [{ key: 'WEB-1' }] })
  await showAt('/harbour/my', mark, store)
  act(() => write(store))
  act(() => store.memory.tellSync({ state: 'offline', fleeting: 2 }))
  const words = 'Offline. 2 changes wait. Keep this tab open until they are sent.'
  expect(await screen.findByRole('button', { name: words }, { timeout: 4000 })).toBeVisible()
})

test('what was refused is kept with its words, the reason, and what can be done', async () => {
  const store = makeTestStore({ project: [{}], task: [{ key: 'WEB-1' }] })
  const { user } = await showAt('/harbour/my', mark, store)
  act(() => {
    write(store)
    const [task, comment] = store.memory.pending()
    store.memory.refuse(task!.id, {
      status: 403,
      code: 'forbidden',
      detail: 'You may only read this project.',
      errors: [],
      conflicts: [],
    })
    const conflicts = [{ field: 'body', base: 'Said', theirs: 'Said it' }]
    store.memory.refuse(comment!.id, { status: 412, code: 'conflict', detail: '', errors: [], conflicts })
    store.memory.tellSync({ waiting: 0 })
  })
  await user.click(await screen.findByRole('button', { name: '2 changes were not saved.' }))
  const [first, second] = within(await screen.findByRole('region', { name: 'Not saved' })).getAllByRole('listitem')
  expect(first).toHaveTextContent('You may only read this project.')
  expect(first).toHaveTextContent('Call the harbour')
  await user.click(within(first!).getByRole('button', { name: 'Try again' }))
  expect(retry).toHaveBeenCalledWith(store.memory.sync.refused[0]!.op.id)
  await user.click(within(second!).getByRole('button', { name: 'Compare' }))
  expect(compare).toHaveBeenCalledWith(store.memory.sync.refused[1]!.op.id)
  await user.click(within(first!).getByRole('button', { name: 'Dismiss' }))
  expect(store.memory.sync.refused).toHaveLength(1)
})
