import '@testing-library/jest-dom/vitest'
import { screen, within } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'

import { makeTestStore, StoreProvider, useActions, useGroups, type Sort } from '../../store'
import { show } from '../../ui/testing'
import { Board } from './Board'

beforeEach(() => {
  localStorage.clear()
  // Where nothing has a size, nothing of a long list would be drawn.
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(800)
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1400)
})

function open(sort: Sort = 'position') {
  const store = makeTestStore({
    project: [{ id: 'web', key: 'WEB' }],
    task: [
      { id: 't1', project: 'web', title: 'One', status: 'todo' },
      { id: 't2', project: 'web', title: 'Two', status: 'todo' },
      { id: 't3', project: 'web', title: 'Three', status: 'doing' },
    ],
  })
  const opened = vi.fn()
  function Screen() {
    const query = { filter: { field: 'project', op: 'eq', value: 'web' } as const, sort }
    const act = useActions()
    return (
      <Board
        groups={useGroups(query, 'status')}
        by="status"
        sort={sort}
        name="Website"
        canEdit
        onAdd={(title, more) => void act.createTask({ project: 'web', title, ...more })}
        onOpen={opened}
        address={(task) => task.key}
        opened={undefined}
        keep="web"
      />
    )
  }
  const tools = show(
    <StoreProvider store={store}>
      <Screen />
    </StoreProvider>,
  )
  return { ...tools, store, opened, task: (id: string) => store.memory.data.get('task', id) }
}

it('goes from card to card by arrows, and gives a status by its number', async () => {
  const { user, task, opened } = open()
  await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  expect(opened).toHaveBeenCalledWith(expect.objectContaining({ id: 't2' }))
  await user.keyboard('4')
  expect(task('t2')?.status).toBe('done')
})

it('takes a card along with Alt, and says where it went', async () => {
  const { user, task } = open()
  await user.keyboard('{ArrowDown}{Alt>}{ArrowRight}{/Alt}')
  expect(task('t1')?.status).toBe('doing')
  expect(await screen.findByText(/Moved to In progress, 1 of 2/)).toBeInTheDocument()
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
  expect(task('t1')!.position > task('t3')!.position).toBe(true)
})

it('folds a column, and remembers it', async () => {
  const first = open()
  await first.user.click(screen.getByRole('button', { name: 'Fold To do' }))
  expect(screen.queryByText('One')).not.toBeInTheDocument()
  first.unmount()
  const { user } = open()
  expect(screen.queryByText('One')).not.toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: /To do/ }))
  expect(screen.getByText('One')).toBeVisible()
})

it('adds in place, and opens the menu of a card by right click', async () => {
  const { user, store } = open()
  await user.click(screen.getByRole('button', { name: 'Add a task to In progress' }))
  await user.keyboard('Four{Enter}{Escape}')
  expect(
    store.memory.queries
      .get({})
      .tasks()
      .find((t) => t.title === 'Four')?.status,
  ).toBe('doing')
  await user.pointer({ keys: '[MouseRight]', target: screen.getByText('Two') })
  const menu = await screen.findByRole('menu')
  expect(within(menu).getByRole('menuitem', { name: /Delete/ })).toBeInTheDocument()
})
