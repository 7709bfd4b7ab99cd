import '@testing-library/jest-dom/vitest'
import { screen } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import { api, rememberPerson, showAt } from '../../app/testing'
import { makeTestStore } from '../../store'
import NewWorkspace from './NewWorkspace'

const asked: { name: string; slug: string; id: string }[] = []
const server = setupServer(
  http.post(api('/workspaces'), async ({ request }) => {
    const body = (await request.json()) as (typeof asked)[number]
    asked.push(body)
    if (body.slug === 'taken')
      return HttpResponse.json(
        { status: 409, code: 'slug-taken', detail: 'Another workspace has this slug.' },
        { status: 409, headers: { 'Content-Type': 'application/problem+json' } },
      )
    return HttpResponse.json({ ...body, role: 'owner', version: 1 }, { status: 201 })
  }),
)
rememberPerson()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())
beforeEach(() => asked.splice(0))

test('the address follows the name until it is written; a taken one is told at its field, and nothing is lost', async () => {
  const { user, router } = await showAt('/new', <NewWorkspace />, makeTestStore())
  const [name, address] = [screen.getByLabelText('Name'), screen.getByLabelText('Address')]
  await user.type(name, 'Night School')
  expect(address).toHaveValue('night-school')
  await user.clear(address)
  await user.type(address, 'taken{Enter}')
  expect(await screen.findByText('Another workspace has this address. Choose another one.')).toBeVisible()
  expect(address).toHaveFocus()
  expect(name).toHaveValue('Night School')
  await user.clear(address)
  await user.type(address, 'school{Enter}')
  await vi.waitFor(() => expect(router.state.location.pathname).toBe('/school/my'))
  expect(asked.map((a) => a.slug)).toEqual(['taken', 'school'])
  expect(new Set(asked.map((a) => a.id)).size).toBe(1) // asking again makes no second one
})

test('without a name, or with an address of another form, nothing is asked', async () => {
  const { user } = await showAt('/new', <NewWorkspace />, makeTestStore())
  await user.click(screen.getByRole('button', { name: 'Make workspace' }))
  expect(screen.getByText('Give it a name.')).toBeVisible()
  expect(screen.getByLabelText('Name')).toHaveFocus()
  await user.type(screen.getByLabelText('Name'), '日本{Enter}')
  expect(screen.getByText(/Use 2 to 40 small letters/)).toBeVisible()
  expect(asked).toEqual([])
})
