import { authorized } from '../../api/authorized'
import { apiURL } from '../../api/base'
import { Offline, Problem, problemOf } from '../../api/problem'
import { accessToken } from '../../api/session'
import type { Asked } from '../action'
import type { ID } from '../types'

/** What the server answered to a request that it has done. */
export interface Answer {
  body: unknown
  /** The point of the history that the answer is of. */
  seq?: number
}

/** A workspace's part of the API, as this store uses it. Everything throws Problem, Offline or SignedOut. */
export class Server {
  constructor(readonly workspace: ID) {}

  address(path: string): string {
    return `${apiURL()}/workspaces/${this.workspace}${path}`
  }

  async ask({ method, path, body, headers }: Asked): Promise<Answer> {
    const init: RequestInit = { method, headers }
    if (body !== undefined) init.body = JSON.stringify(body)
    const answer = await authorized(new Request(this.address(path), init))
    if (!answer.ok) throw await problemOf(answer)
    const seq = seqOf(answer.headers.get('Rung-Seq'))
    try {
      return { body: answer.status === 204 ? null : await answer.json(), seq }
    } catch (cause) {
      throw new Offline('The answer broke off.', { cause })
    }
  }

  async get<T>(path: string): Promise<T> {
    return (await this.ask({ method: 'GET', path, headers: {} })).body as T
  }

  /** Opens an answer that has no bound in time; how long to wait for its beginning is given in milliseconds. */
  async open(path: string, headers: Record<string, string>, signal: AbortSignal, patience: number): Promise<Response> {
    const token = await accessToken()
    let answer = await this.begin(path, headers, signal, patience, token)
    if (answer.status === 401) answer = await this.begin(path, headers, signal, patience, await accessToken(token))
    if (!answer.ok) throw await problemOf(answer)
    if (!answer.body) throw new Offline('The answer has no body.')
    return answer
  }

  private async begin(
    path: string,
    headers: Record<string, string>,
    signal: AbortSignal,
    patience: number,
    token: string,
  ) {
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), patience)
    try {
      return await fetch(this.address(path), {
        headers: { ...headers, Authorization: 'Bearer ' + token },
        signal: AbortSignal.any([signal, limit.signal]),
        cache: 'no-store',
      })
    } catch (cause) {
      throw new Offline('The server cannot be reached.', { cause })
    } finally {
      clearTimeout(timer)
    }
  }
}

/** The number in EPOCH-SEQ. */
export function seqOf(cursor: string | null | undefined): number | undefined {
  const seq = Number(cursor?.slice(cursor.lastIndexOf('-') + 1) || NaN)
  return Number.isFinite(seq) ? seq : undefined
}

/** Whether it is worth sending the same again: nothing is known of what was done, or it can be done later. */
export function passes(e: unknown): boolean {
  return e instanceof Offline || (e instanceof Problem && (e.status >= 500 || [408, 425, 429].includes(e.status)))
}
