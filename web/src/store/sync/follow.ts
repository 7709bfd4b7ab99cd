import { Offline } from '../../api/problem'
import type { HistoryEvent } from '../types'
import { linesOf, messages } from './lines'
import type { Server } from './net'

const patience = 20_000 // for the beginning of the answer
const silence = 40_000 // a live stream says something every 15 s

/** What one piece of a stream brought: events in their order, and the point of the history up to which they lead. */
export interface Batch {
  events: HistoryEvent[]
  to: string
}

/**
 * Reads the history behind a cursor as it happens. Returns when the server ends the stream and throws when it breaks; in
 * both cases one goes on from the last batch. opened is called once the server has answered.
 */
export async function follow(
  server: Server,
  cursor: string,
  signal: AbortSignal,
  opened: () => void,
  take: (batch: Batch) => Promise<void>,
): Promise<void> {
  const broken = new AbortController()
  const both = AbortSignal.any([signal, broken.signal])
  const answer = await server.open('/events', { Accept: 'text/event-stream', 'Last-Event-ID': cursor }, both, patience)
  opened()
  let timer = setTimeout(() => broken.abort(), silence)
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => broken.abort(), silence)
  }
  const read = messages()
  try {
    for await (const lines of linesOf(answer.body!, heard)) {
      const events: HistoryEvent[] = []
      let to = ''
      for (const line of lines) {
        const message = read(line)
        if (!message) continue
        events.push(JSON.parse(message.data))
        to = message.id || to
      }
      if (to !== '') await take({ events, to })
      if (signal.aborted) return
    }
  } catch (cause) {
    if (signal.aborted) return
    throw cause instanceof TypeError || broken.signal.aborted ? new Offline('The stream broke off.', { cause }) : cause
  } finally {
    clearTimeout(timer)
  }
}
