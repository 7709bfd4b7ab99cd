import { Offline } from '../../api/problem'
import type { Loaded } from '../engine'
import { kinds } from './answers'
import { linesOf } from './lines'
import type { Server } from './net'
import { slices } from './slices'

const patience = 60_000 // the server reads all of it before it begins to answer
const silence = 30_000

/**
 * Reads the whole workspace, as of the one point of the history that is given back. Rows come some at a time; the page
 * stays free meanwhile. It throws, too, when the answer breaks off: then what came is no snapshot.
 */
export async function readSnapshot(
  server: Server,
  signal: AbortSignal,
  take: (rows: Loaded[]) => Promise<void> | void,
): Promise<string> {
  const broken = new AbortController()
  const answer = await server.open(
    '/snapshot',
    { Accept: 'application/x-ndjson' },
    AbortSignal.any([signal, broken.signal]),
    patience,
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => broken.abort(), silence)
  }
  const breathe = slices()
  let head: { epoch: string; seq: number } | undefined
  let rows: Loaded[] = []
  let own: unknown
  const pass = async () => {
    const some = rows
    rows = []
    try {
      await take(some)
    } catch (e) {
      own = e
      throw e
    }
  }
  try {
    for await (const lines of linesOf(answer.body!, heard)) {
      for (const line of lines) {
        if (line === '') continue
        const read = JSON.parse(line)
        if (!head) head = read
        else if (kinds.has(read.entity)) rows.push({ kind: read.entity, row: read.data })
        const pause = breathe()
        if (rows.length >= 200) await pass()
        if (pause) await pause
      }
    }
  } catch (cause) {
    throw own ?? new Offline('The snapshot broke off.', { cause })
  } finally {
    clearTimeout(timer)
  }
  if (!head) throw new Offline('The snapshot is empty.')
  await pass()
  return `${head.epoch}-${head.seq}`
}
