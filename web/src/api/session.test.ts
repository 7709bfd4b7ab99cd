import { http, HttpResponse } from 'msw'

import { ada, apiAt, refuses, server, signedIn } from '../enter/testing'
import { userKey } from '../entry'

const eve = { ...ada, id: '0194a000-0000-7000-8000-000000000002', email: 'eve@example.org', name: 'Eve' }
let refreshes = 0

/** A tab as it is when its page has just been loaded, with nobody or somebody remembered. */
async function tab(user?: typeof ada) {
  vi.resetModules()
  if (user) {
    localStorage.setItem(userKey, user.id)
    localStorage.setItem('rung.me', JSON.stringify(user))
  }
  const session = await import('./session')
  const problem = await import('./problem')
  const ended = vi.fn()
  session.onEnd(ended)
  return { ...session, ...problem, ended }
}

function refreshAnswers(answer: () => Response | Promise<Response>) {
  server.use(
    http.post(apiAt('/auth/refresh'), () => {
      refreshes++
      return answer() as HttpResponse<null>
    }),
  )
}

/** What another tab does to the storage that both have. */
function elsewhere(user: string | null) {
  if (user === null) localStorage.removeItem(userKey)
  else localStorage.setItem(userKey, user)
  dispatchEvent(new StorageEvent('storage', { key: userKey, newValue: user }))
}

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
beforeEach(() => {
  localStorage.clear()
  refreshes = 0
})
afterEach(() => {
  server.resetHandlers()
  vi.useRealTimers()
})
afterAll(() => server.close())

test('calls at the same time share one refresh, and the token is kept in memory alone', async () => {
  refreshAnswers(() => HttpResponse.json(signedIn(ada, 'secret-1')))
  const t = await tab(ada)
  expect(await Promise.all([t.accessToken(), t.accessToken(), t.accessToken()])).toEqual(Array(3).fill('secret-1'))
  expect(await t.accessToken()).toBe('secret-1')
  expect(refreshes).toBe(1)
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('secret')
})

test('a token is renewed when it is about to end, also after a sleep, and when the clock was set back', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  refreshAnswers(() => HttpResponse.json(signedIn(ada, 'secret-' + refreshes)))
  const t = await tab(ada)
  await t.accessToken()
  vi.setSystemTime(Date.now() + 3_600_000)
  expect(await t.accessToken()).toBe('secret-2')
  vi.setSystemTime(Date.now() - 86_400_000)
  expect(await t.accessToken()).toBe('secret-3')
})

test('several requests that were refused for one token get one new one', async () => {
  refreshAnswers(() => HttpResponse.json(signedIn(ada, 'secret-' + refreshes)))
  const t = await tab(ada)
  const old = await t.accessToken()
  expect(await t.accessToken(old)).toBe('secret-2')
  expect(await t.accessToken(old)).toBe('secret-2')
})

test('without the network the last known profile is there, and nothing is forgotten', async () => {
  refreshAnswers(() => HttpResponse.error())
  const t = await tab(ada)
  await expect(t.accessToken()).rejects.toBeInstanceOf(t.Offline)
  expect(t.me()?.name).toBe('Ada')
  expect(localStorage.getItem(userKey)).toBe(ada.id)
  expect(t.ended).not.toHaveBeenCalled()
})

test.each([
  ['a proxy that knows no session', () => new HttpResponse('who are you', { status: 401 })],
  ['a page that a network puts in the way', () => HttpResponse.html('<p>Welcome to the train</p>')],
  ['a server that is starting', () => refuses(503, 'unavailable')],
  ['a server that has enough', () => refuses(429, 'too-many-requests')],
])('%s does not sign anybody out', async (_, answer) => {
  refreshAnswers(answer)
  const t = await tab(ada)
  await expect(t.accessToken()).rejects.toBeInstanceOf(t.Offline)
  expect(localStorage.getItem(userKey)).toBe(ada.id)
  expect(t.ended).not.toHaveBeenCalled()
})

test('a session that the server does not know any more has ended, and its profile is wiped', async () => {
  refreshAnswers(() => refuses(401, 'session-ended'))
  const t = await tab(ada)
  await expect(t.accessToken()).rejects.toBeInstanceOf(t.SignedOut)
  expect(t.ended).toHaveBeenCalledWith('expired')
  expect(t.me()).toBeUndefined()
  expect({ ...localStorage }).toEqual({})
})

test('signing out in one tab ends the others', async () => {
  const t = await tab(ada)
  elsewhere('')
  expect(t.ended).toHaveBeenCalledExactlyOnceWith('signed-out')
  expect(t.me()).toBeUndefined()
  await expect(t.accessToken()).rejects.toBeInstanceOf(t.SignedOut)
})

test('somebody else who signs in in another tab takes this one over', async () => {
  const t = await tab(ada)
  elsewhere(eve.id)
  expect(t.ended).toHaveBeenCalledWith('replaced')
  expect(t.me()).toBeUndefined()
})

test("a refresh that brings somebody else's session gives none of it to this tab", async () => {
  refreshAnswers(() => HttpResponse.json(signedIn(eve, 'eves')))
  const t = await tab(ada)
  await expect(t.accessToken()).rejects.toBeInstanceOf(t.SignedOut)
  expect(t.ended).toHaveBeenCalledWith('replaced')
  expect(localStorage.getItem(userKey)).toBe(eve.id)
})

test('a tab that missed it finds out when it wakes', async () => {
  const t = await tab(ada)
  localStorage.setItem(userKey, eve.id)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(t.ended).toHaveBeenCalledWith('replaced')
})

test('signing out without the network ends the session here and tells the server later', async () => {
  let told = 0
  server.use(http.post(apiAt('/auth/logout'), () => HttpResponse.error()))
  const t = await tab(ada)
  await t.end()
  expect(t.ended).toHaveBeenCalledWith('signed-out')
  expect({ ...localStorage }).toEqual({ [userKey]: '' })

  server.use(http.post(apiAt('/auth/logout'), () => (told++, new HttpResponse(null, { status: 204 }))))
  const later = await tab()
  await Promise.all([later.settle(), later.settle()])
  expect(told).toBe(1)
  expect({ ...localStorage }).toEqual({})
})

test('an answer that does not begin in time is no answer, and one that has begun may take its time', async () => {
  const t = await tab(ada)
  server.use(
    http.get(apiAt('/silent'), () => new Promise<never>(() => {})),
    http.get(apiAt('/slow'), () => {
      const body = new ReadableStream({
        start(c) {
          c.enqueue(new TextEncoder().encode('first '))
          setTimeout(() => (c.enqueue(new TextEncoder().encode('last')), c.close()), 60)
        },
      })
      return new HttpResponse(body)
    }),
  )
  await expect(t.send(apiAt('/silent'), {}, 20)).rejects.toBeInstanceOf(t.Offline)
  expect(await (await t.send(apiAt('/slow'), {}, 30)).text()).toBe('first last')
})

test('a request that its caller gives up is not taken for a lost network', async () => {
  const t = await tab(ada)
  server.use(http.get(apiAt('/silent'), () => new Promise<never>(() => {})))
  const giveUp = new AbortController()
  const asked = t.send(apiAt('/silent'), { signal: giveUp.signal })
  giveUp.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
})
