import '@testing-library/jest-dom/vitest'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import type { FunctionComponent } from 'react'
import { SWRConfig } from 'swr'

import { begin, type Me } from '../../api/session'
import { bookKey } from '../../store/sync/book'
import { show } from '../../ui/testing'
import { DeleteAccount } from './DeleteAccount'
import { Password } from './Password'
import { Profile } from './Profile'
import { Sessions } from './Sessions'
import { Tokens } from './Tokens'

const at = (path: string) => new URL('api/v1' + path, document.baseURI).href
vi.setConfig({ testTimeout: 20_000 })
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const ada: Me = {
  id: '0194a000-0000-7000-8000-000000000001',
  email: 'ada@example.org',
  name: 'Ada',
  locale: 'en',
  timezone: 'UTC',
  theme: 'system',
  notify: {},
  settings: {},
  admin: false,
  workspace: '0194a000-0000-7000-8000-0000000000aa',
  usage: { workspaces: 1 },
  limits: { workspaces: 50 },
  version: 1,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
}

function open(Part: FunctionComponent) {
  begin({ status: 'ok', user: ada, access_token: 'token', expires_in: 600 } as Parameters<typeof begin>[0])
  const workspaces = [{ id: 'ws', slug: 'harbour', name: 'Harbour' }]
  localStorage.setItem(bookKey(ada.id), JSON.stringify({ me: ada, workspaces, opened: {} }))
  dispatchEvent(new StorageEvent('storage', { key: bookKey(ada.id) })) // as another tab would tell
  const root = createRootRoute({ component: Part })
  const router = createRouter({ routeTree: root, history: createMemoryHistory() })
  return show(
    <SWRConfig value={{ provider: () => new Map() }}>
      <RouterProvider router={router as never} />
    </SWRConfig>,
  )
}

function refuses(status: number, code: string, more: object = {}) {
  return HttpResponse.json(
    { status, code, title: code, detail: 'Refused: ' + code, request_id: 'req-1', ...more },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )
}

describe('the profile', () => {
  it('keeps a name as soon as one leaves it', async () => {
    const sent: unknown[] = []
    server.use(
      http.patch(at('/me'), async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json({ ...ada, name: 'Ada L.' })
      }),
    )
    const { user } = open(Profile)
    const name = await screen.findByLabelText('Name')
    await user.type(name, ' L.{Enter}')
    await waitFor(() => expect(sent).toEqual([{ name: 'Ada L.' }]))
  })

  it('does not take an empty name, and says so at the field', async () => {
    const { user } = open(Profile)
    const name = await screen.findByLabelText('Name')
    await user.clear(name)
    await user.tab()
    expect(name).toHaveAccessibleDescription('Enter your name.')
    await user.type(name, '{Escape}')
    expect(name).not.toHaveAttribute('aria-invalid')
  })

  it('says when no mail can be sent', async () => {
    server.use(http.post(at('/auth/email/ask'), () => refuses(409, 'mail-not-set-up')))
    const { user } = open(Profile)
    await user.click(await screen.findByRole('button', { name: 'Send me a link to verify it' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('No mail can be sent from here.')
    expect(screen.getByRole('alert')).toHaveTextContent('req-1')
  })
})

describe('the password', () => {
  it('is changed, and the other sessions end', async () => {
    server.use(http.post(at('/auth/password/change'), () => new HttpResponse(null, { status: 204 })))
    const { user } = open(Password)
    await user.type(await screen.findByLabelText('Password as it is'), 'old words here')
    await user.type(screen.getByLabelText('New password'), 'new words here')
    await user.click(screen.getByRole('button', { name: 'Change password' }))
    expect(await screen.findAllByText(/your other sessions have ended/)).not.toHaveLength(0)
    expect(screen.getByLabelText('New password')).toHaveValue('')
  })

  it('is refused at the field when the old one is wrong, and nothing typed is lost', async () => {
    const errors = [{ field: 'current', message: 'is wrong' }]
    server.use(http.post(at('/auth/password/change'), () => refuses(422, 'invalid', { errors })))
    const { user } = open(Password)
    await user.type(await screen.findByLabelText('Password as it is'), 'not mine at all')
    await user.type(screen.getByLabelText('New password'), 'short')
    await user.click(screen.getByRole('button', { name: 'Change password' }))
    expect(screen.getByLabelText('New password')).toHaveAccessibleDescription(/at least 8 characters/)
    await user.type(screen.getByLabelText('New password'), ' but longer')
    await user.click(screen.getByRole('button', { name: 'Change password' }))
    await waitFor(() =>
      expect(screen.getByLabelText('Password as it is')).toHaveAccessibleDescription('This is not your password.'),
    )
    expect(screen.getByLabelText('New password')).toHaveValue('short but longer')
  })
})

const session = {
  id: 's1',
  current: true,
  agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  address: '192.0.2.1',
  created_at: '2026-01-01T00:00:00Z',
  last_seen_at: '2026-01-01T00:00:00Z',
  expires_at: '2026-02-01T00:00:00Z',
}
const other = { ...session, id: 's2', current: false, agent: 'curl/8.1' }

describe('sessions', () => {
  it('can be ended, except this one', async () => {
    const ended = vi.fn()
    server.use(
      http.get(at('/auth/sessions'), () =>
        HttpResponse.json({ items: ended.mock.calls.length ? [session] : [session, other], next_cursor: null }),
      ),
      http.delete(at('/auth/sessions/s2'), () => {
        ended()
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const { user } = open(Sessions)
    const lines = await screen.findAllByRole('listitem')
    expect(lines[0]).toHaveTextContent('Firefox on Linux')
    expect(within(lines[0]!).queryByRole('button')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'End the session: curl' }))
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1))
    expect(ended).toHaveBeenCalledOnce()
  })

  it('come back when ending them is refused', async () => {
    server.use(
      http.get(at('/auth/sessions'), () => HttpResponse.json({ items: [session, other], next_cursor: null })),
      http.delete(at('/auth/sessions/s2'), () => refuses(503, 'unavailable')),
    )
    const { user } = open(Sessions)
    await user.click(await screen.findByRole('button', { name: 'End the session: curl' }))
    await waitFor(() => expect(screen.getByText('curl')).toBeInTheDocument())
  })
})

describe('tokens', () => {
  it('show their secret once, when they are made', async () => {
    const sent: Record<string, unknown>[] = []
    server.use(
      http.get(at('/auth/tokens'), () => HttpResponse.json({ items: [], next_cursor: null })),
      http.post(at('/auth/tokens'), async ({ request }) => {
        const body = (await request.json()) as Record<string, unknown>
        sent.push(body)
        const made = { ...body, created_at: '2026-01-01T00:00:00Z', last_used_at: null, token: 'rung_pat_secret' }
        return HttpResponse.json(made, { status: 201 })
      }),
    )
    const { user } = open(Tokens)
    await user.click(await screen.findByRole('button', { name: 'New token' }))
    const make = await screen.findByRole('button', { name: 'Make token' })
    await user.click(screen.getByRole('checkbox', { name: /^Read/ }))
    await user.click(make)
    expect(screen.getByText('Give it a name.')).toBeInTheDocument()
    expect(screen.getByText('Choose one thing at least.')).toBeInTheDocument()
    expect(sent).toEqual([])
    await user.type(screen.getByLabelText('Name'), 'Backup')
    await user.click(screen.getByRole('checkbox', { name: /^Write/ }))
    await user.click(make)
    expect(await screen.findByLabelText('Token')).toHaveValue('rung_pat_secret')
    expect(sent[0]).toMatchObject({ name: 'Backup', scopes: ['write'], workspaces: [] })
    await user.click(screen.getByRole('button', { name: 'I have copied it' }))
    expect(screen.queryByLabelText('Token')).toBeNull()
  })
})

describe('deleting the account', () => {
  it('names the workspaces that need another owner first', async () => {
    const workspaces = [{ id: 'ws', name: 'Harbour', slug: 'harbour' }]
    server.use(http.delete(at('/me'), () => refuses(409, 'sole-owner', { workspaces })))
    const { user } = open(DeleteAccount)
    await user.click(await screen.findByRole('button', { name: 'Delete my account' }))
    expect(screen.getByText('Enter your password.')).toBeInTheDocument()
    await user.type(screen.getByLabelText('Your password'), 'a ladder has rungs')
    await user.click(screen.getByRole('checkbox'))
    await user.click(screen.getByRole('button', { name: 'Delete my account' }))
    const link = await screen.findByRole('link', { name: 'Harbour' })
    expect(link).toHaveAttribute('href', '/harbour/settings/members')
  })
})
