import '@testing-library/jest-dom/vitest'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import type { FunctionComponent } from 'react'
import { SWRConfig } from 'swr'

import { begin } from '../../api/session'
import { makeTestStore, StoreProvider } from '../../store'
import type { TestRows } from '../../store/testStore'
import { show } from '../../ui/testing'
import { GeneralSettings } from './GeneralSettings'
import { InvitationSettings } from './InvitationSettings'
import { LabelSettings } from './LabelSettings'
import { LeaveSettings } from './LeaveSettings'
import { MemberSettings } from './MemberSettings'

vi.setConfig({ testTimeout: 20_000 })
const at = (path: string) => new URL('api/v1/workspaces/ws' + path, document.baseURI).href
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

function open(Part: FunctionComponent, rows: TestRows = {}) {
  begin({ status: 'ok', user: { id: 'ada' }, access_token: 'token', expires_in: 600 } as Parameters<typeof begin>[0])
  const store = makeTestStore(rows)
  const router = createRouter({ routeTree: createRootRoute({ component: Part }), history: createMemoryHistory() })
  const drawn = (
    <SWRConfig value={{ provider: () => new Map() }}>
      <StoreProvider store={store}>
        <RouterProvider router={router as never} />
      </StoreProvider>
    </SWRConfig>
  )
  return { ...show(drawn), store }
}
function refuses(status: number, code: string, more: object = {}) {
  return HttpResponse.json(
    { status, code, title: code, detail: 'Refused: ' + code, request_id: 'req-1', ...more },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )
}
const people = [
  { id: 'ada', name: 'Ada', role: 'owner', email: 'ada@example.org', joined_at: '2026-01-01T00:00:00Z' },
  { id: 'bo', name: 'Bo', role: 'member', email: 'bo@example.org', joined_at: '2026-01-01T00:00:00Z' },
]
const lists = (path: string, items: readonly object[]) =>
  server.use(http.get(at(path), () => HttpResponse.json({ items, next_cursor: null })))

it('refuses an address that another workspace has, at the field', async () => {
  server.use(
    http.get(at(''), () => HttpResponse.json({ usage: { members: 1 }, limits: { members: 5 } })),
    http.patch(at(''), () => refuses(409, 'slug-taken')),
  )
  const { user } = open(GeneralSettings)
  const address = await screen.findByRole('textbox', { name: 'Address' })
  await user.clear(address)
  await user.type(address, '-')
  await user.click(screen.getByRole('button', { name: 'Change address' }))
  expect(address).toHaveAccessibleDescription(/Use 2 to 40 small letters/)
  await user.clear(address)
  await user.type(address, 'pier')
  await user.click(screen.getByRole('button', { name: 'Change address' }))
  await waitFor(() => expect(address).toHaveAccessibleDescription(/Another workspace has this address/))
  expect(screen.getByText('1 of 5')).toBeInTheDocument()
})

it('lets owners take members out, and keeps the last owner', async () => {
  lists('/members', people)
  const gone = vi.fn()
  server.use(
    http.delete(at('/members/bo'), () => {
      gone()
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user } = open(MemberSettings)
  expect(await screen.findByRole('combobox', { name: 'Role of Bo' })).toBeInTheDocument()
  expect(screen.queryByRole('combobox', { name: 'Role of Ada' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Remove Bo' }))
  await user.click(await screen.findByRole('button', { name: 'Remove member' }))
  await waitFor(() => expect(screen.queryByText('bo@example.org')).toBeNull())
  expect(gone).toHaveBeenCalledOnce()
})

it('says why a member can’t be taken out, and leaves her there', async () => {
  lists('/members', people)
  server.use(http.delete(at('/members/bo'), () => refuses(403, 'forbidden')))
  const { user } = open(MemberSettings)
  await user.click(await screen.findByRole('button', { name: 'Remove Bo' }))
  await user.click(await screen.findByRole('button', { name: 'Remove member' }))
  const told = within(await screen.findByRole('alertdialog'))
  expect(await told.findByRole('alert')).toHaveTextContent('Your role does not allow this.')
  expect(screen.getByText('bo@example.org')).toBeInTheDocument()
})

it('changes nothing for those who may not', async () => {
  lists('/members', people)
  open(MemberSettings, { member: [{ id: 'ada', name: 'Ada', role: 'member' }] })
  expect(await screen.findByText('bo@example.org')).toBeInTheDocument()
  expect(screen.queryByRole('combobox')).toBeNull()
  expect(screen.queryByRole('button', { name: /Remove|Invite/ })).toBeNull()
})

it('invites, and gives the link where no mail is sent', async () => {
  lists('/invitations', [])
  let tries = 0
  server.use(
    http.post(at('/invitations'), async ({ request }) => {
      if (++tries === 1) return refuses(409, 'already-member')
      const asked = (await request.json()) as object
      return HttpResponse.json({ ...asked, mail: null, token: 'rung_inv_x', projects: [], uses: 0 }, { status: 201 })
    }),
  )
  const { user } = open(InvitationSettings)
  await user.click(await screen.findByRole('button', { name: 'Invite somebody' }))
  const send = await screen.findByRole('button', { name: 'Send invitation' })
  await user.click(send)
  const email = screen.getByLabelText('E-mail address')
  expect(email).toHaveAccessibleDescription(/Enter an e-mail address/)
  expect(tries).toBe(0)
  await user.type(email, 'bo@example.org')
  await user.click(send)
  expect(await screen.findByText(/is a member already/)).toBeInTheDocument()
  await user.click(send)
  expect(await screen.findByLabelText('Link')).toHaveValue(new URL('invite#rung_inv_x', document.baseURI).href)
})

it('makes, renames and deletes labels, never two of one name', async () => {
  const { user, store } = open(LabelSettings, { label: [{ id: 'bug', name: 'Bug', color: 'red' }] })
  const names = () => [...store.memory.data.all('label')].map((l) => l.name).sort()
  await user.type(await screen.findByLabelText('New label'), 'bug{Enter}')
  expect(screen.getByText('There is a label with this name.')).toBeInTheDocument()
  await user.clear(screen.getByLabelText('New label'))
  await user.type(screen.getByLabelText('New label'), 'Design{Enter}')
  expect(names()).toEqual(['Bug', 'Design'])
  const bug = screen.getByLabelText('Name of Bug')
  await user.clear(bug)
  await user.type(bug, 'design{Enter}')
  expect(bug).toHaveAccessibleDescription('There is a label with this name.')
  await user.keyboard('{Escape}')
  await user.click(screen.getByRole('button', { name: 'Delete Bug' }))
  expect(names()).toEqual(['Design'])
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(names()).toEqual(['Bug', 'Design'])
})

it('keeps the last owner from leaving, and deletes only when the name is typed', async () => {
  const { user } = open(LeaveSettings)
  expect(await screen.findByRole('button', { name: 'Leave workspace' })).toBeDisabled()
  expect(screen.getByRole('button', { name: 'Delete workspace' })).toBeDisabled()
  await user.type(screen.getByRole('textbox'), 'Harbour')
  expect(screen.getByRole('button', { name: 'Delete workspace' })).toBeEnabled()
})
