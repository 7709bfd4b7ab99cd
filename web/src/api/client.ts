import createClient from 'openapi-fetch'

import { authorized, unhurried } from './authorized'
import { apiURL } from './base'
import { Offline, Problem, problemOf, SignedOut } from './problem'
import type { paths } from './schema'
import { send } from './send'

export { unhurried }

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
  const { data, response, error } = await call.catch(brokenOff)
  if (response.ok) return data as T
  throw await problemOf(new Response(JSON.stringify(error ?? {}), response))
}

/** An answer that breaks off, or is not what the API answers with, tells as little as none. */
function brokenOff(cause: unknown): never {
  const telling = cause instanceof Problem || cause instanceof Offline || cause instanceof SignedOut
  if (telling || (cause instanceof Error && cause.name === 'AbortError')) throw cause
  throw new Offline('The answer broke off.', { cause })
}
