import '@testing-library/jest-dom/vitest'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { act, screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { addDays, today } from '../../dates'
import { makeTestStore, StoreProvider, type Store } from '../../store'
import { show } from '../../ui/testing'
import { folds } from './folds'
import MyWork from './MyWork'

const day = today('UTC', Date.now())
const due = (days: number) => {
  const date = addDays(day, days)
  return { due: { date, time: null, time_zone: null }, due_at: `${date}T23:59:59.999Z` }
}

const rows = {
  project: [{ id: 'web', key: 'WEB', name: 'Website' }],
  task: [
    { id: 'a', title: 'Late', project: 'web', assignees: ['ada'], ...due(-2) },
    { id: 'b', title: 'Now', project: 'web', assignees: ['ada'], ...due(0) },
    { id: 'c', title: 'Soon', project: 'web', assignees: ['ada'], ...due(3) },
    { id: 'd', title: 'Some day', project: 'web', assignees: ['ada'] },
    { id: 'e', title: 'Of Bert', project: 'web', assignees: ['bert'], ...due(0) },
    {
      id: 'f',
      title: 'Over',
      project: 'web',
      assignees: ['ada'],
      status: 'done',
      completed_at: `${day}T00:00:01.000Z`,
    },
  ],
}

async function showMine(store: Store) {
  const root = createRootRoute()
  const mine = createRoute({
    getParentRoute: () => root,
    path: '/$workspace/my',
    component: () => (
      <StoreProvider store={store}>
        <MyWork firstRun={<p>Make your first project</p>} />
      </StoreProvider>
    ),
  })
  const router = createRouter({
    routeTree: root.addChildren([mine]),
    history: createMemoryHistory({ initialEntries: ['/harbour/my'] }),
  })
  await router.load()
  const shown = show(<RouterProvider router={router as never} />)
  await act(async () => undefined)
  return { ...shown, router }
}

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(800)
  folds.set(['done'])
})

describe('my work', () => {
  it('shows what is mine by when it is due, and what is done folded away', async () => {
    await showMine(makeTestStore(rows))
    const list = screen.getByRole('grid', { name: 'My work' })
    const said = within(list)
      .getAllByRole('row')
      .map((r) => r.textContent)
    expect(said).toEqual([
      expect.stringContaining('Overdue'),
      expect.stringContaining('Late'),
      expect.stringContaining('Today'),
      expect.stringContaining('Now'),
      expect.stringContaining('Next 7 days'),
      expect.stringContaining('Soon'),
      expect.stringContaining('No date'),
      expect.stringContaining('Some day'),
      expect.stringContaining('Recently done'),
    ])
    expect(said[1]).toContain('Website')
  })

  it('remembers what is folded', async () => {
    const { user, unmount } = await showMine(makeTestStore(rows))
    await user.click(screen.getByRole('button', { name: 'Hide Today' }))
    await user.click(screen.getByRole('button', { name: 'Show Recently done' }))
    unmount()
    await showMine(makeTestStore(rows))
    expect(screen.queryByText('Now')).toBeNull()
    expect(screen.getByText('Over')).toBeVisible()
  })

  it('adds a task for me and today, by its key', async () => {
    const store = makeTestStore({ ...rows, task: [] })
    const { user } = await showMine(store)
    expect(screen.getByText('Nothing is assigned to you.')).toBeVisible()
    await user.keyboard('n')
    await user.type(screen.getByRole('textbox', { name: 'Title of the new task' }), 'Write it down{Enter}{Escape}')
    const [made] = [...store.memory.data.all('task')]
    expect(made).toMatchObject({ title: 'Write it down', project: 'web', assignees: ['ada'], due: { date: day } })
    expect(screen.getByRole('row', { name: /Write it down/ })).toBeVisible()
  })

  it('puts off by a key, and takes that back', async () => {
    const store = makeTestStore(rows)
    const { user } = await showMine(store)
    await user.keyboard('jt')
    expect(store.memory.data.get('task', 'a')?.due?.date).toBe(addDays(day, 1))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(store.memory.data.get('task', 'a')?.due?.date).toBe(addDays(day, -2))
  })

  it('begins with the first run where there is no project', async () => {
    await showMine(makeTestStore())
    expect(screen.getByText('Make your first project')).toBeVisible()
  })
})
