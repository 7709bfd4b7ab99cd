import { apiURL } from './base'
import { Offline, problemOf } from './problem'
import { patience, send } from './send'
import { accessToken } from './session'

/**
 * fetch with the access token, which is renewed once if the server does not take it any more. Waits so many milliseconds
 * for the answer to begin.
 */
export async function authorized(request: Request, wait = patience): Promise<Response> {
  const again = request.clone()
  const token = await accessToken()
  const answer = await send(request, { headers: bearing(request, token) }, wait)
  if (answer.status !== 401) return answer
  return send(again, { headers: bearing(again, await accessToken(token)) }, wait)
}

/** authorized for what takes its time before it is answered, as uploads do: `api.POST(…, { fetch: unhurried })`. */
export const unhurried = (request: Request) => authorized(request, Infinity)

function bearing(request: Request, token: string): Headers {
  const headers = new Headers(request.headers)
  headers.set('Authorization', 'Bearer ' + token)
  return headers
}

/** One plain question of what every page begins with, before the client of the API is there. Throws Problem, Offline or SignedOut. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await authorized(new Request(apiURL() + path, init))
  if (!answer.ok) throw await problemOf(answer)
  try {
    return (await answer.json()) as T
  } catch (cause) {
    throw new Offline('The answer broke off.', { cause })
  }
}
