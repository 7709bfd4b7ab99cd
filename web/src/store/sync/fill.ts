import type { Loaded } from '../engine'
import type { ID } from '../types'
import type { ChunkKey, Database } from './database'
import { seqOf } from './net'
import { bare, chunkSize, homeOf, pack, part, partOf, type Part } from './pack'

/**
 * Takes a snapshot in as a generation of its own beside the one that is there. finish puts it in its place, in one
 * transaction, and gives the chunk that each task is in.
 */
export async function fillDatabase(db: Database, generation: number) {
  await db.delete('chunks', IDBKeyRange.lowerBound([generation])) // of a snapshot that broke off
  const places = new Map<ID, ChunkKey>()
  let n = 0
  let home = ''
  let of: Part = part.base
  let rows: Loaded[] = []
  let texts: Record<ID, string> = {}

  async function flush() {
    if (rows.length === 0) return
    const key: ChunkKey = [generation, of, home, n++]
    const tx = db.transaction('chunks', 'readwrite', { durability: 'relaxed' })
    const puts: Promise<unknown>[] = [tx.store.put(pack(rows), key)]
    if (of === part.tasks) {
      for (const { row } of rows) places.set(row.id, key)
      if (Object.keys(texts).length > 0)
        puts.push(tx.store.put(JSON.stringify(texts), [generation, part.texts, home, key[3]]))
    }
    rows = []
    texts = {}
    await Promise.all([...puts, tx.done])
  }

  return {
    async add(some: readonly Loaded[]) {
      for (const whole of some) {
        const { loaded, text } = bare(whole)
        const p = partOf(loaded.kind)
        const at = p === part.talk ? home : homeOf(loaded) // comments follow the tasks that they belong to
        if (p !== of || at !== home || rows.length === chunkSize) await flush()
        of = p
        home = at
        rows.push(loaded)
        if (text) texts[loaded.row.id] = text
      }
    },
    async finish(cursor: string): Promise<Map<ID, ChunkKey>> {
      await flush()
      const taken = seqOf(cursor) ?? 0
      const tx = db.transaction(['meta', 'chunks', 'recent', 'texts'], 'readwrite')
      await Promise.all([
        tx.objectStore('meta').put({ generation, cursor }, 'meta'),
        tx.objectStore('chunks').delete(IDBKeyRange.upperBound([generation], true)),
      ])
      for (const store of ['recent', 'texts'] as const) {
        let at = await tx.objectStore(store).openCursor()
        for (; at; at = await at.continue()) {
          const grant = Array.isArray(at.key) && at.key[0] === 'grant' // which no snapshot has
          if (at.value.seq <= taken && !grant) await at.delete()
        }
      }
      await tx.done
      return places
    },
  }
}
