import '@testing-library/jest-dom/vitest'
import { Link } from '@tanstack/react-router'
import { screen } from '@testing-library/react'

import { makeTestStore } from '../../store'
import { showAt } from '../testing'
import { TaskPanelHost } from './TaskPanelHost'

vi.mock('../../features/task/TaskPanel', () => ({
  default: ({ task, onClose }: { task: string; onClose: () => void }) => (
    <>
      <p>The task {task}</p>
      <button onClick={onClose}>Close</button>
    </>
  ),
}))

const screenOfTasks = (
  <>
    <Link to="." search={{ task: 'WEB-1' } as never}>
      Open
    </Link>
    <TaskPanelHost />
  </>
)
const store = makeTestStore({ project: [{}], task: [{ key: 'WEB-1' }] })

test('the task of the address opens beside the screen; Escape closes it and the focus goes back', async () => {
  const { user, router } = await showAt('/harbour/p/WEB?layout=list', screenOfTasks, store)
  expect(screen.queryByRole('complementary')).not.toBeInTheDocument()
  const link = screen.getByRole('link', { name: 'Open' })
  await user.click(link)
  expect(await screen.findByRole('complementary', { name: 'Task WEB-1' })).toHaveFocus()
  expect(await screen.findByText('The task WEB-1')).toBeVisible()
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('complementary')).not.toBeInTheDocument()
  await vi.waitFor(() => expect(link).toHaveFocus())
  expect(router.state.location.search).toEqual({})
})

test('its own way of closing takes it out of the address and leaves the rest', async () => {
  const { user, router } = await showAt('/harbour/my?task=WEB-1', screenOfTasks, store)
  await user.click(await screen.findByRole('button', { name: 'Close' }))
  expect(router.state.location.href).toBe('/harbour/my')
})

test('the edge is moved by the arrow keys', async () => {
  const { user } = await showAt('/harbour/my?task=WEB-1', screenOfTasks, store)
  const edge = screen.getByRole('separator', { name: 'Width of the task' })
  const before = Number(edge.getAttribute('aria-valuenow'))
  edge.focus()
  await user.keyboard('{ArrowLeft}')
  expect(edge).toHaveAttribute('aria-valuenow', String(before + 16))
})
