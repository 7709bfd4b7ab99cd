import '@testing-library/jest-dom/vitest'
import { screen } from '@testing-library/react'

import { makeTestStore } from '../../store'
import { showAt } from '../testing'
import NewProject from './NewProject'

test('a project is made with the key that its name suggests, and one is led to it; a taken key is refused', async () => {
  const store = makeTestStore({ project: [{ key: 'WEB', name: 'Website' }] })
  const onClose = vi.fn()
  const { user, router } = await showAt('/harbour/my', <NewProject onClose={onClose} />, store)
  await user.click(await screen.findByRole('button', { name: 'Make project' }))
  expect(screen.getByText('Give it a name.')).toBeVisible()
  await user.type(screen.getByLabelText('Name'), 'Webinars')
  const key = screen.getByLabelText('Key')
  expect(key).toHaveValue('WEB2')
  await user.clear(key)
  await user.type(key, 'web{Enter}')
  expect(screen.getByText('Another project has this key.')).toBeVisible()
  expect(onClose).not.toHaveBeenCalled()
  await user.type(key, 'i')
  await user.click(screen.getByRole('radio', { name: 'Pink' }))
  await user.click(screen.getByRole('button', { name: 'Make project' }))
  expect(onClose).toHaveBeenCalled()
  await vi.waitFor(() => expect(router.state.location.pathname).toBe('/harbour/p/WEBI'))
  expect(store.memory.reads.project('WEBI')).toMatchObject({ name: 'Webinars', color: 'pink' })
})
