import '@testing-library/jest-dom/vitest'
import { screen } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import { makeTestStore } from '../../store'
import { api, rememberPerson, showAt } from '../testing'
import { Projects } from './Projects'

const sent: unknown[] = []
const server = setupServer(
  http.patch(api('/me'), async ({ request }) => {
    const patch = (await request.json()) as { settings: Record<string, string> }
    sent.push(patch)
    return HttpResponse.json({ ...me, ...patch })
  }),
)
const me = rememberPerson({ settings: { 'projects.ws': 'c,gone,a' } })
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())

const names = () => screen.getAllByRole('link').map((link) => link.textContent)

test('projects stand in her own order; Alt and the arrow keys change it at once and for other browsers', async () => {
  const store = makeTestStore({
    project: [
      { id: 'a', key: 'A', name: 'Apples' },
      { id: 'b', key: 'B', name: 'Bees' },
      { id: 'c', key: 'C', name: 'Cheese' },
      { id: 'd', key: 'OLD', name: 'Old shop', archived: true },
    ],
  })
  const { user } = await showAt('/harbour/my', <Projects />, store)
  expect(names()).toEqual(['CheeseC', 'ApplesA', 'BeesB'])

  screen.getByRole('link', { name: /Bees/ }).focus()
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
  expect(names()).toEqual(['CheeseC', 'BeesB', 'ApplesA'])
  expect(screen.getByRole('link', { name: /Bees/ })).toHaveFocus()
  expect(await screen.findByText(/Bees: place 2 of 3/)).toBeInTheDocument()
  await vi.waitFor(() => expect(sent).toEqual([{ settings: { 'projects.ws': 'c,b,a,d' } }]))

  await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
  await user.keyboard('{ArrowUp}') // moves nothing without Alt
  await vi.waitFor(() => expect(sent.at(-1)).toEqual({ settings: { 'projects.ws': 'c,a,b,d' } }))
})

test('archived projects are shown on demand', async () => {
  const store = makeTestStore({ project: [{ id: 'd', key: 'OLD', name: 'Old shop', archived: true }] })
  const { user } = await showAt('/harbour/my', <Projects />, store)
  expect(screen.queryByRole('link')).not.toBeInTheDocument()
  expect(screen.getByText('No projects yet.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: /Archived/ }))
  expect(names()).toEqual(['Old shopOLD'])
})

test('a guest is not offered to make projects', async () => {
  const store = makeTestStore({ member: [{ id: 'ada', name: 'Ada', role: 'guest' }], project: [{}] })
  await showAt('/harbour/my', <Projects />, store)
  expect(screen.queryByRole('button', { name: 'New project' })).not.toBeInTheDocument()
})
