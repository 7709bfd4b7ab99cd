import { apiURL } from '../api/base'
import { Offline, problemOf } from '../api/problem'
import { accessToken, send } from '../api/session'

interface Question {
  method?: 'GET' | 'POST' | 'PATCH'
  body?: unknown
  type?: string
  /** As who has just signed in. Everything else here needs nobody to be. */
  asUser?: boolean
}

/**
 * Asks the API and gives what it answers; throws Problem, Offline or SignedOut. It is all that getting in needs of a client,
 * in a hundredth of the bytes.
 */
export async function ask<T = void>(path: string, question: Question = {}): Promise<T> {
  const { method = 'GET', body, type = 'application/json', asUser = false } = question
  const headers = new Headers(body === undefined ? {} : { 'Content-Type': type })
  if (asUser) headers.set('Authorization', 'Bearer ' + (await accessToken()))
  const answer = await send(apiURL() + path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: 'include',
  })
  if (!answer.ok) throw await problemOf(answer)
  if (answer.status === 204) return undefined as T
  try {
    return (await answer.json()) as T
  } catch (cause) {
    throw new Offline('The answer broke off.', { cause })
  }
}

export function post<T = void>(path: string, body?: unknown): Promise<T> {
  return ask<T>(path, { method: 'POST', body })
}
