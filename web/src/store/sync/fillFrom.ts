import type { Engine, Loaded } from '../engine'
import type { Disk } from './disk'
import { type Server, seqOf } from './net'
import { readSnapshot } from './snapshot'

/**
 * Takes the whole workspace from the server into the engine and onto the disk; what is shown stays until all of it is
 * there. Gives the point of the history that it is of.
 */
export async function fillFrom(
  server: Server,
  engine: Engine,
  disk: Disk,
  signal: AbortSignal,
  seen: (rows: readonly Loaded[]) => void = () => undefined,
): Promise<string> {
  engine.beginSnapshot()
  try {
    const filling = await disk.fill()
    const cursor = await readSnapshot(server, signal, async (rows) => {
      engine.load(rows)
      seen(rows)
      await filling.add(rows)
    })
    await filling.finish(cursor)
    engine.endSnapshot(seqOf(cursor)!)
    return cursor
  } catch (e) {
    engine.abandonSnapshot()
    throw e
  }
}
