import createClient from 'openapi-fetch'

import { apiURL } from './base'
import { problemOf } from './problem'
import type { paths } from './schema'
import { accessToken, send } from './session'

/** fetch with the access token, which is renewed once if the server does not take it any more. */
export async function authorized(request: Request): Promise<Response> {
  const again = request.clone()
  const answer = await withToken(request, false)
  return answer.status === 401 ? withToken(again, true) : answer
}

async function withToken(request: Request, fresh: boolean): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.set('Authorization', 'Bearer ' + (await accessToken(fresh)))
  return send(request, { headers, signal: request.signal })
}

/** Every operation of the API, typed by its document, as who is signed in. */
export const api = createClient<paths>({ baseUrl: apiURL(), fetch: authorized })

/** The operations that need nobody to be signed in; cookies go with them. */
export const open = createClient<paths>({ baseUrl: apiURL(), fetch: (r: Request) => send(r), credentials: 'include' })

/**
 * Unwraps what an operation answered: the data, or a throw of Problem, Offline or SignedOut.
 *
 *     const me = await ok(api.GET('/me'))
 */
export async function ok<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, response, error } = await call
  if (response.ok) return data as T
  throw await problemOf(new Response(JSON.stringify(error ?? {}), response))
}
