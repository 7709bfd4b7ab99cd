import '@testing-library/jest-dom/vitest'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { screen } from '@testing-library/react'

import { makeTestStore, StoreProvider, useProject } from '../../store'
import type { TestRows } from '../../store/testStore'
import { show } from '../../ui/testing'
import { EndSettings } from './EndSettings'
import { ProjectGeneral } from './ProjectGeneral'
import { StatusSettings } from './StatusSettings'

vi.setConfig({ testTimeout: 20_000 })

function open(part: 'general' | 'statuses' | 'end', rows: TestRows = {}, readOnly = false) {
  const store = makeTestStore({
    project: [
      { id: 'web', key: 'WEB', name: 'Website' },
      { id: 'ops', key: 'OPS' },
    ],
    ...rows,
  })
  function Part() {
    const project = useProject('web')
    if (!project) return <p>gone</p>
    if (part === 'general') return <ProjectGeneral project={project} readOnly={readOnly} />
    if (part === 'statuses') return <StatusSettings project={project} readOnly={readOnly} />
    return <EndSettings project={project} />
  }
  const router = createRouter({ routeTree: createRootRoute({ component: Part }), history: createMemoryHistory() })
  const shown = show(
    <StoreProvider store={store}>
      <RouterProvider router={router as never} />
    </StoreProvider>,
  )
  return { ...shown, store, project: () => store.memory.data.get('project', 'web') }
}
const names = (p: { statuses: readonly { name: string }[] } | undefined) => p?.statuses.map((s) => s.name)

it('gives the project another key, and refuses one that another project has', async () => {
  const { user, project } = open('general')
  const key = await screen.findByLabelText('Key')
  await user.clear(key)
  await user.type(key, 'ops{Enter}')
  expect(key).toHaveAccessibleDescription(/Another project has or had this key/)
  expect(project()?.key).toBe('WEB')
  await user.clear(key)
  await user.type(key, 'site{Enter}')
  expect(project()).toMatchObject({ key: 'SITE', former_keys: ['WEB'] })
  expect(await screen.findByText(/Links with WEB still lead here/)).toBeInTheDocument()
})

it('cannot be changed by those who may not', async () => {
  open('general', {}, true)
  expect(await screen.findByLabelText('Name')).toHaveAttribute('readonly')
  expect(screen.queryByRole('group', { name: 'Colour' })).toBeNull()
})

it('moves a status with Alt and the arrows', async () => {
  const { user, project } = open('statuses')
  await user.click(await screen.findByLabelText('Name of Done'))
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
  expect(names(project())).toEqual(['Backlog', 'To do', 'Done', 'In progress'])
})

it('adds a status behind the last of its kind, and not without a name', async () => {
  const { user, project } = open('statuses')
  await user.click(await screen.findByRole('button', { name: 'Add a status' }))
  await user.keyboard('{Enter}')
  expect(screen.getByText('Give it a name.')).toBeInTheDocument()
  await user.keyboard('Review{Enter}')
  expect(names(project())).toEqual(['Backlog', 'To do', 'In progress', 'Review', 'Done'])
})

it('deletes a status when it is known where its tasks go, and takes that back', async () => {
  const { user, project } = open('statuses', { task: [{ id: 't', project: 'web', status: 'doing' }] })
  await user.click(await screen.findByRole('button', { name: 'More for In progress' }))
  await user.click(await screen.findByRole('menuitem', { name: /Delete/ }))
  expect(await screen.findByText('1 task is in it.')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Delete status' }))
  expect(names(project())).toEqual(['Backlog', 'To do', 'Done'])
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(names(project())).toContain('In progress')
})

it('goes to the trash, and is taken out again', async () => {
  const { user, project, store } = open('end')
  await user.click(await screen.findByRole('button', { name: 'Delete project' }))
  await user.click((await screen.findAllByRole('button', { name: 'Delete project' })).at(-1)!)
  expect(project()).toBeUndefined()
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(store.memory.pending().map((op) => op.action.kind)).toEqual(['project.delete', 'project.restore'])
})
