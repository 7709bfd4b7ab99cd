import { http, HttpResponse } from 'msw'

import { ada, apiAt, refuses, server, signedIn } from '../enter/testing'
import { userKey } from '../entry'

async function client() {
  vi.resetModules()
  localStorage.setItem(userKey, ada.id)
  return { ...(await import('./client')), ...(await import('./problem')) }
}

let issued = 0
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
beforeEach(() => {
  issued = 0
  server.use(http.post(apiAt('/auth/refresh'), () => HttpResponse.json(signedIn(ada, 'token-' + ++issued))))
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

test('a token that is not taken any more is renewed once, and the request is sent again as it was', async () => {
  const bodies: unknown[] = []
  server.use(
    http.patch(apiAt('/me'), async ({ request }) => {
      bodies.push(await request.json())
      if (request.headers.get('Authorization') !== 'Bearer token-2') return refuses(401, 'token-expired')
      return HttpResponse.json({ ...ada, name: 'Ada L.' })
    }),
  )
  const { api, ok } = await client()
  expect((await ok(api.PATCH('/me', { body: { name: 'Ada L.' } }))).name).toBe('Ada L.')
  expect(bodies).toEqual([{ name: 'Ada L.' }, { name: 'Ada L.' }])
})

test('what is refused with a new token too is refused, and asked no third time', async () => {
  let times = 0
  server.use(http.get(apiAt('/me'), () => (times++, refuses(401, 'token-invalid'))))
  const { api, ok } = await client()
  await expect(ok(api.GET('/me'))).rejects.toMatchObject({ status: 401, code: 'token-invalid', requestID: 'req-1' })
  expect(times).toBe(2)
})

test('an answer that is none of the API is as good as none', async () => {
  server.use(http.get(apiAt('/me'), () => HttpResponse.html('<p>Welcome to the train</p>')))
  const { api, ok, Offline } = await client()
  await expect(ok(api.GET('/me'))).rejects.toBeInstanceOf(Offline)
})
