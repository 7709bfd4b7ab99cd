import '@testing-library/jest-dom/vitest'
import { act, render, screen } from '@testing-library/react'

import { makeTestStore, StoreProvider, useActions, useGroups, useTasks, type Store } from '.'

function Titles() {
  const tasks = useTasks({ filter: { field: 'project', op: 'eq', value: 'project-1' } })
  const groups = useGroups({ filter: { field: 'project', op: 'eq', value: 'project-1' } }, 'status')
  const { createTask } = useActions()
  return (
    <>
      <p>{tasks.map((t) => t.title).join(', ')}</p>
      <output>{groups.map((g) => g.tasks.length).join(' ')}</output>
      <button onClick={() => createTask({ project: 'project-1', title: 'New' })}>Add</button>
    </>
  )
}

function show(store: Store) {
  render(
    <StoreProvider store={store}>
      <Titles />
    </StoreProvider>,
  )
}

test('a list shows what is in the store, and a change at once', () => {
  const store = makeTestStore({ project: [{}], task: [{ title: 'One' }, { title: 'Two', status: 'doing' }] })
  show(store)
  expect(screen.getByText('One, Two')).toBeVisible()
  expect(screen.getByRole('status')).toHaveTextContent('0 1 1 0')
  act(() => screen.getByRole('button').click())
  expect(screen.getByText('One, Two, New')).toBeVisible()
  act(() => void store.act.undoLast())
  expect(screen.getByText('One, Two')).toBeVisible()
  act(() => void store.act.redoLast())
  expect(screen.getByText('One, Two, New')).toBeVisible()
})
