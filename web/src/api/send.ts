import { Offline } from './problem'

/** How long the beginning of an answer is waited for, in milliseconds, unless more is asked for. */
export const patience = 15_000

/**
 * fetch, with an end to waiting, and with Offline for everything that is no answer. Waiting ends when an answer begins:
 * what streams or is large may take its time. What is sent counts, so uploads want Infinity.
 */
export async function send(input: RequestInfo | URL, init: RequestInit = {}, wait = patience): Promise<Response> {
  const given = init.signal ?? (input instanceof Request ? input.signal : undefined)
  const limit = new AbortController()
  const timer = wait === Infinity ? undefined : setTimeout(() => limit.abort(), wait)
  try {
    return await fetch(input, { ...init, signal: given ? AbortSignal.any([given, limit.signal]) : limit.signal })
  } catch (cause) {
    if (given?.aborted) throw cause
    throw new Offline('The server cannot be reached.', { cause })
  } finally {
    clearTimeout(timer)
  }
}
