import '@testing-library/jest-dom/vitest'
import { cleanup, screen, waitFor } from '@testing-library/react'
import { http, HttpResponse } from 'msw'

import { userKey } from '../entry'
import { ada, apiAt, refuses, server, signedIn, visit } from './testing'

const field = (name: string) => screen.findByLabelText(name)
const press = async (name: string) => screen.findByRole('button', { name })
const alert = () => screen.findByRole('alert')

/** Answers a path and keeps what was sent there. */
function answers(path: string, answer: (body: never, time: number) => Response | Promise<Response>) {
  const sent: Record<string, unknown>[] = []
  server.use(
    http.post(apiAt(path), async ({ request }) => {
      const text = await request.text()
      sent.push(text ? JSON.parse(text) : {})
      return (await answer(sent.at(-1) as never, sent.length)) as HttpResponse<null>
    }),
  )
  return sent
}

function remember(user = ada) {
  localStorage.setItem(userKey, user.id)
  localStorage.setItem('rung.me', JSON.stringify(user))
  answers('/auth/refresh', () => HttpResponse.json(signedIn(user)))
}

function invitation(more = {}) {
  const preview = {
    workspace: { id: ada.workspace, name: 'Bridge works' },
    invited_by: 'Grace',
    role: 'member',
    email: null,
    account: null,
    expires_at: '2030-01-01T00:00:00Z',
    ...more,
  }
  server.use(http.get(apiAt('/invitations/secret'), () => HttpResponse.json(preview)))
  return answers('/invitations/secret/accept', () => HttpResponse.json({ slug: 'bridge' }))
}

const methods = (signup: string, setup = false) =>
  server.use(http.get(apiAt('/auth/methods'), () => HttpResponse.json({ password: true, signup, setup })))

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})
afterEach(() => {
  cleanup()
  server.resetHandlers()
})
afterAll(() => server.close())

describe('signing in', () => {
  async function fill(address = '/login') {
    const page = await visit(address)
    await page.user.type(await field('E-mail address'), ' ada@example.org')
    await page.user.type(await field('Password'), 'seven rungs up{Enter}')
    return page
  }

  test('leads to where one wanted to get to', async () => {
    const sent = answers('/auth/login', () => HttpResponse.json(signedIn()))
    const { left } = await fill('/login?next=' + encodeURIComponent('/bridge/p/WEB?layout=list'))
    await waitFor(() => expect(left).toHaveBeenCalledExactlyOnceWith('/bridge/p/WEB?layout=list'))
    expect(sent).toEqual([{ email: 'ada@example.org', password: 'seven rungs up' }])
    expect(localStorage.getItem(userKey)).toBe(ada.id)
  })

  test('is asked for at whatever address one comes to, and leads back there', async () => {
    answers('/auth/login', () => HttpResponse.json(signedIn()))
    const { left } = await fill('/bridge/my?task=WEB-12')
    await waitFor(() => expect(left).toHaveBeenCalledWith('/bridge/my?task=WEB-12'))
  })

  test("does not lead one user to where another's session ended", async () => {
    sessionStorage.setItem('rung.before', 'somebody else')
    answers('/auth/login', () => HttpResponse.json(signedIn()))
    const { left } = await fill('/login?ended=1&next=%2Fbridge%2Fsearch%3Fq%3Dsalary')
    await waitFor(() => expect(left).toHaveBeenCalledWith('/'))
  })

  test('says that the address or the password is wrong, and keeps both', async () => {
    answers('/auth/login', () => refuses(401, 'wrong-credentials'))
    const { left } = await fill()
    expect(await alert()).toHaveTextContent('The e-mail address or the password is wrong.')
    expect(await field('Password')).toHaveValue('seven rungs up')
    expect(left).not.toHaveBeenCalled()
  })

  test('does not send twice while it is under way', async () => {
    let go = () => {}
    const sent = answers('/auth/login', async () => {
      await new Promise<void>((done) => (go = done))
      return HttpResponse.json(signedIn())
    })
    const { user, left } = await fill()
    await waitFor(() => expect(sent).toHaveLength(1))
    await user.type(await field('Password'), '{Enter}')
    await user.click(await screen.findByRole('button', { name: /Sign in$/ }))
    go()
    await waitFor(() => expect(left).toHaveBeenCalled())
    expect(sent).toHaveLength(1)
  })

  test('waits as long as it is told to, and sends nothing meanwhile', async () => {
    const sent = answers('/auth/login', () => refuses(429, 'too-many-requests', {}, { 'Retry-After': '90' }))
    const { user } = await fill()
    expect(await alert()).toHaveTextContent('You can try again in 1:30.')
    await user.type(await field('Password'), '{Enter}')
    expect(sent).toHaveLength(1)
  })

  test.each([
    ['a lost connection', () => HttpResponse.error(), 'can’t be reached'],
    ['a full disk', () => refuses(503, 'unavailable'), 'its disk may be full'],
    ['a shut account', () => refuses(403, 'account-disabled'), 'Ask an administrator'],
    ['what nobody foresaw', () => refuses(500, 'internal-error'), 'Request req-1'],
  ])('says what to do about %s', async (_, answer, words) => {
    answers('/auth/login', answer)
    await fill()
    expect(await alert()).toHaveTextContent(words)
  })

  test('leads to the first field that is wrong, without asking the server', async () => {
    const { user } = await visit('/login')
    await user.click(await press('Sign in'))
    const email = await field('E-mail address')
    expect(email).toHaveFocus()
    expect(email).toHaveAccessibleDescription('Enter your e-mail address.')
    await user.type(email, 'ada@example.org')
    expect(email).not.toBeInvalid()
    expect(await field('Password')).toHaveAccessibleDescription('Enter your password.')
  })

  test('shows the password when one wants to see it', async () => {
    const { user } = await visit('/login')
    await user.click(await press('Show password'))
    expect(await field('Password')).toHaveAttribute('type', 'text')
    expect(await field('Password')).toHaveAttribute('autocomplete', 'current-password')
  })

  test('says why one is here, and goes on when one signs in in another tab', async () => {
    const { left } = await visit('/login?ended=1&next=%2Fbridge%2Fmy')
    expect(await screen.findByText(/Your session has ended/)).toBeVisible()
    localStorage.setItem(userKey, ada.id)
    dispatchEvent(new StorageEvent('storage', { key: userKey, newValue: ada.id }))
    expect(left).toHaveBeenCalledWith('/bridge/my')
  })

  test('is no page for who is signed in', async () => {
    remember()
    const { left } = await visit('/login?next=%2Fbridge%2Fmy')
    expect(left).toHaveBeenCalledWith('/bridge/my')
  })
})

describe('setting up', () => {
  async function fill(password = 'seven rungs up') {
    const page = await visit('/setup#secret')
    await page.user.type(await field('Your name'), 'Ada')
    await page.user.type(await field('E-mail address'), 'ada@example.org')
    await page.user.type(await field('Password'), password + '{Enter}')
    return page
  }

  test('makes the first user, and tells her time zone and language', async () => {
    methods('invite', true)
    const sent = answers('/auth/register', () =>
      HttpResponse.json(signedIn({ ...ada, timezone: 'Pacific/Apia', locale: 'eo' }), { status: 201 }),
    )
    const told: unknown[] = []
    server.use(
      http.patch(apiAt('/me'), async ({ request }) => {
        told.push(await request.json(), request.headers.get('Authorization'))
        return HttpResponse.json(ada)
      }),
    )
    const { left } = await fill()
    expect(location.href).not.toContain('secret')
    await waitFor(() => expect(left).toHaveBeenCalledWith('/'))
    expect(sent[0]).toMatchObject({
      setup: 'secret',
      name: 'Ada',
      email: 'ada@example.org',
      password: 'seven rungs up',
    })
    expect(told).toEqual([{ timezone: ada.timezone, locale: ada.locale }, 'Bearer token'])
  })

  test('is the same request when an answer was lost', async () => {
    methods('invite', true)
    const sent = answers('/auth/register', (_, time) =>
      time === 1 ? HttpResponse.error() : HttpResponse.json(signedIn()),
    )
    const { user, left } = await fill()
    await alert()
    await user.click(await press('Create account'))
    await waitFor(() => expect(left).toHaveBeenCalled())
    expect(sent[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(sent[1]).toEqual(sent[0])
  })

  test('says what the server finds wrong with a field, at the field', async () => {
    methods('invite', true)
    answers('/auth/register', () =>
      refuses(422, 'invalid', { errors: [{ field: 'password', message: 'is one of those that are guessed first' }] }),
    )
    await fill('sunshine1')
    await waitFor(async () => expect(await field('Password')).toHaveFocus())
    expect(await field('Password')).toHaveAccessibleDescription(/guessed first/)
  })

  test('counts how much of a password is missing', async () => {
    methods('invite', true)
    const { user } = await visit('/setup#secret')
    await user.type(await field('Password'), 'seven')
    expect(await field('Password')).toHaveAccessibleDescription('3 more characters')
    await user.click(await press('Create account'))
    expect(await field('Your name')).toHaveFocus()
  })

  test.each([
    ['/setup#secret', false, 'Rung is set up'],
    ['/setup', true, 'Set up Rung'],
  ])('has nothing to fill in at %s where the first user is there: %s', async (address, awaited, title) => {
    methods('invite', awaited)
    await visit(address)
    expect(await screen.findByRole('heading', { name: title })).toBeVisible()
    await waitFor(() => expect(screen.queryByLabelText('Loading')).toBeNull())
    expect(screen.queryByLabelText('Password')).toBeNull()
  })
})

describe('signing up', () => {
  test('makes an account where everybody may', async () => {
    methods('open')
    answers('/auth/register', () => refuses(409, 'email-taken'))
    const { user } = await visit('/signup')
    await user.type(await field('Your name'), 'Ada')
    await user.type(await field('E-mail address'), 'ada@example.org')
    await user.type(await field('Password'), 'seven rungs up{Enter}')
    expect(await screen.findByText('There is an account with this address. Sign in instead.')).toBeVisible()
  })

  test.each([
    ['invite', /Only people who were invited/],
    ['closed', /Nobody can register/],
  ])('is not offered where it is %s', async (signup, words) => {
    methods(signup)
    await visit('/signup')
    expect(await screen.findByText(words)).toBeVisible()
    expect(screen.queryByLabelText('Password')).toBeNull()
  })

  test('tries again when the server could not be reached', async () => {
    server.use(http.get(apiAt('/auth/methods'), () => HttpResponse.error(), { once: true }))
    const { user } = await visit('/signup')
    await user.click(await press('Try again'))
    expect(await screen.findByText(/Only people who were invited/)).toBeVisible()
  })
})

describe('links from the mail', () => {
  test('a forgotten password: the answer is the same for every address', async () => {
    const sent = answers('/auth/password/forgot', () => new HttpResponse(null, { status: 204 }))
    const { user } = await visit('/forgot')
    await user.type(await field('E-mail address'), 'ada@example.org{Enter}')
    expect(await screen.findByText(/has an account here, a link/)).toBeVisible()
    expect(sent).toEqual([{ email: 'ada@example.org' }])
  })

  test('a new password, and then signing in with it', async () => {
    const sent = answers('/auth/password/reset', () => new HttpResponse(null, { status: 204 }))
    const { user } = await visit('/reset-password#secret')
    expect(location.href).not.toContain('secret')
    await user.type(await field('New password'), 'seven rungs up{Enter}')
    expect(await screen.findByText(/Your password is changed/)).toBeVisible()
    expect(sent).toEqual([{ token: 'secret', password: 'seven rungs up' }])
  })

  test('a link that was used says so and offers a new one', async () => {
    answers('/auth/password/reset', () => refuses(410, 'link-used'))
    const { user } = await visit('/reset-password#secret')
    await user.type(await field('New password'), 'seven rungs up{Enter}')
    expect(await screen.findByText('This link does not work any more')).toBeVisible()
    await user.click(screen.getByRole('link', { name: 'Send a new link' }))
    expect(await screen.findByText('Forgot your password?')).toBeVisible()
  })

  test('an address is confirmed by itself, once', async () => {
    const sent = answers('/auth/email/verify', () => new HttpResponse(null, { status: 204 }))
    const { user, left } = await visit('/verify-email#secret')
    expect(await screen.findByText('Your address is confirmed')).toBeVisible()
    expect(sent).toEqual([{ token: 'secret' }])
    await user.click(await press('Sign in'))
    expect(left).toHaveBeenCalledWith('/')
  })

  test.each([
    ['who is signed in has another sent', () => new HttpResponse(null, { status: 204 }), /on its way to ada@/],
    ['or hears that there is no mail here', () => refuses(503, 'mail-not-set-up'), /No mail can be sent/],
  ])('a link to confirm that is too old: %s', async (_, answer, words) => {
    remember()
    answers('/auth/email/verify', () => refuses(410, 'link-used'))
    answers('/auth/email/ask', answer)
    const { user } = await visit('/verify-email#secret')
    await user.click(await press('Send a new link'))
    expect(await screen.findByText(words)).toBeVisible()
  })
})

describe('an invitation', () => {
  test('is accepted by who is signed in', async () => {
    remember()
    const accepted = invitation()
    const { user, left } = await visit('/invite#secret')
    expect(await screen.findByRole('heading', { name: 'Join Bridge works' })).toBeVisible()
    await user.click(await press('Join'))
    await waitFor(() => expect(left).toHaveBeenCalledWith('/bridge/my'))
    expect(accepted).toHaveLength(1)
  })

  test('that was sent to another address says so, and lets one sign out first', async () => {
    remember()
    invitation({ email: 'grace@example.org', account: true })
    const out = answers('/auth/logout', () => new HttpResponse(null, { status: 204 }))
    const { user } = await visit('/invite#secret')
    expect(await screen.findByText(/was sent to/)).toHaveTextContent('grace@example.org')
    await user.click(await press('Use another account'))
    expect(await field('E-mail address')).toHaveValue('grace@example.org')
    expect(await press('Sign in and join')).toBeVisible()
    expect(out).toHaveLength(1)
  })

  test('makes an account for the address that was invited, and then is accepted', async () => {
    const accepted = invitation({ email: 'ada@example.org', account: false })
    const sent = answers('/auth/register', () => HttpResponse.json(signedIn(), { status: 201 }))
    const { user, left } = await visit('/invite#secret')
    expect(await field('E-mail address')).toHaveAttribute('readonly')
    await user.type(await field('Your name'), 'Ada')
    await user.type(await field('Password'), 'seven rungs up{Enter}')
    await waitFor(() => expect(left).toHaveBeenCalledWith('/bridge/my'))
    expect(sent[0]).toMatchObject({ invitation: 'secret', email: 'ada@example.org' })
    expect(accepted).toHaveLength(1)
  })

  test('that is refused after signing in stays, and signing in is not asked for again', async () => {
    invitation()
    answers('/auth/login', () => HttpResponse.json(signedIn()))
    answers('/invitations/secret/accept', () => refuses(403, 'quota-exceeded'))
    const { user } = await visit('/invite#secret')
    await user.click(await press('I have an account'))
    await user.type(await field('E-mail address'), 'ada@example.org')
    await user.type(await field('Password'), 'seven rungs up{Enter}')
    expect(await alert()).toHaveTextContent('as many members as it may have')
    expect(await press('Join')).toBeVisible()
  })

  test.each([
    ['/invite#secret', 'This invitation does not work any more'],
    ['/invite', 'The link is not whole'],
  ])('that is none, at %s, says what to do', async (address, title) => {
    server.use(http.get(apiAt('/invitations/secret'), () => refuses(404, 'not-found')))
    await visit(address)
    expect(await screen.findByText(title)).toBeVisible()
  })
})

describe('the language', () => {
  afterEach(() => void (document.documentElement.lang = 'en'))

  it('is chosen before signing in, and remembered', async () => {
    const { user } = await visit('/login')
    const list = await screen.findByRole('combobox', { name: 'Language' })
    expect(list).toHaveDisplayValue('English')
    await user.selectOptions(list, 'Deutsch')
    await waitFor(() => expect(document.documentElement.lang).toBe('de'))
    const now = screen.getByRole('combobox')
    expect(now).toHaveDisplayValue('Deutsch')
    expect(now).toHaveFocus()
    expect(localStorage.getItem('rung.locale')).toBe('de')
  })

  it('stays when the words of another can’t be had', async () => {
    const { user } = await visit('/login')
    const { i18n } = await import('../i18n/i18n')
    vi.spyOn(i18n, 'loadAndActivate').mockImplementation(() => {
      throw new TypeError('Failed to fetch')
    })
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Language' }), 'Deutsch')
    expect(screen.getByRole('combobox')).toHaveDisplayValue('English')
    expect(localStorage.getItem('rung.locale')).toBeNull()
    vi.restoreAllMocks()
  })
})
