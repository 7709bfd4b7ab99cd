import type { components } from './schema'

export type FieldConflict = components['schemas']['FieldConflict']
export type FieldError = components['schemas']['FieldError']

/** What the API refused, as RFC 9457 tells it. */
export class Problem extends Error {
  override name = 'Problem'
  /** When it was told, in Unix milliseconds. */
  readonly at = Date.now()
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly requestID: string,
    readonly errors: readonly FieldError[] = [],
    readonly conflicts: readonly FieldConflict[] = [],
    /** Seconds to wait before trying again, if the server said so. */
    readonly retryAfter?: number,
  ) {
    super(detail)
  }
}

/** The server could not be reached: the network is gone, or it does not answer. Nothing is known of what it did. */
export class Offline extends Error {
  override name = 'Offline'
}

/** Nobody is signed in any more. */
export class SignedOut extends Error {
  override name = 'SignedOut'
}

/** Reads a refused answer. What is no problem+json, such as a proxy's page, becomes one with the code "unknown". */
export async function problemOf(answer: Response): Promise<Problem> {
  const after = Number(answer.headers.get('Retry-After'))
  const id = answer.headers.get('X-Request-Id') ?? ''
  let p: Partial<components['schemas']['Problem']> = {}
  try {
    if (answer.headers.get('Content-Type')?.includes('json')) p = await answer.json()
  } catch {
    // A body that breaks off says nothing.
  }
  return new Problem(
    answer.status,
    p.code ?? 'unknown',
    p.detail ?? p.title ?? answer.statusText,
    p.request_id ?? id,
    p.errors ?? [],
    p.conflicts ?? [],
    after > 0 ? after : undefined,
  )
}
