import '@testing-library/jest-dom/vitest'
import { act, screen, within } from '@testing-library/react'

import { makeTestStore } from '../../store'
import { rememberPerson, showAt } from '../testing'
import { GlobalCommands } from './GlobalCommands'

rememberPerson()

async function open() {
  const store = makeTestStore({
    project: [
      { id: 'a', key: 'WEB', name: 'Website' },
      { id: 'b', key: 'APP', name: 'Mobile app' },
    ],
    task: [{ id: 'one', title: 'One', project: 'a' }],
  })
  const around = (
    <>
      <input aria-label="A field" />
      <GlobalCommands />
    </>
  )
  return { store, ...(await showAt('/harbour/my', around, store)) }
}

test.each([
  ['gs', '/harbour/search'],
  ['gd', '/harbour/dashboard'],
  ['gt', '/harbour/trash'],
  ['g2', '/harbour/p/APP'],
  ['/', '/harbour/search'],
])('%s leads to %s', async (keys, path) => {
  const { user, router } = await open()
  await user.keyboard(keys)
  await vi.waitFor(() => expect(router.state.location.pathname).toBe(path))
})

test('while one types, letters are letters', async () => {
  const { user, router } = await open()
  await user.type(screen.getByLabelText('A field'), 'gs?')
  expect(screen.getByLabelText('A field')).toHaveValue('gs?')
  expect(router.state.location.pathname).toBe('/harbour/my')
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
})

test('the last change is taken back and done again by key, and a field keeps its own undo', async () => {
  const { user, store } = await open()
  const title = () => store.memory.data.get('task', 'one')!.title
  act(() => void store.act.updateTask('one', { title: 'Two' }))
  await user.type(screen.getByLabelText('A field'), '{Control>}z{/Control}')
  expect(title()).toBe('Two')
  act(() => (document.activeElement as HTMLElement).blur())
  await user.keyboard('{Control>}z{/Control}')
  expect(title()).toBe('One')
  expect(screen.getAllByText('Undone')[0]).toBeVisible()
  await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}')
  expect(title()).toBe('Two')
})

test('? lists the keys in groups, found by their words', async () => {
  const { user } = await open()
  await user.keyboard('?')
  const dialog = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }))
  expect(dialog.getByRole('region', { name: 'Go to' })).toHaveTextContent('My workGM')
  await user.type(dialog.getByLabelText('Find a shortcut'), 'undo')
  expect(dialog.getAllByRole('term').map((t) => t.textContent)).toEqual(['Undo'])
  await user.type(dialog.getByLabelText('Find a shortcut'), 'x')
  expect(dialog.getByText('No shortcut is called that.')).toBeVisible()
})

test('a guest can’t make projects, by the palette neither', async () => {
  const store = makeTestStore({ member: [{ id: 'ada', role: 'guest' }], project: [{ name: 'Website' }] })
  const { user } = await showAt('/harbour/my', <GlobalCommands />, store)
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await screen.findByRole('combobox'), 'new pro')
  expect(screen.queryByRole('option', { name: /New project/ })).not.toBeInTheDocument()
})
