import type { Loaded, Touched } from '../engine'
import type { ID } from '../types'
import { type ChunkKey, type Database, startOf } from './database'
import { chunkSize, homeOf, pack, part, type Part, partOf, unpack } from './pack'

/**
 * Packs what is recent: puts rows in their place in the chunks, the new ones into chunks of their own. All of it is one
 * transaction that looks at a chunk at a time, so that the page stays free.
 */
export async function tidyDatabase(db: Database, generation: number, places: Map<ID, ChunkKey>): Promise<void> {
  const tx = db.transaction(['chunks', 'recent', 'texts'], 'readwrite')
  const chunks = tx.objectStore('chunks')
  const texts = tx.objectStore('texts')
  const recent = new Map((await tx.objectStore('recent').getAll()).map(({ touched: t }) => [t.kind + t.id, t]))
  const dead = [...recent.values()].filter((t) => t.kind === 'task' && t.row === null)
  let last = 0

  /** Takes the descriptions of tasks that are not in this chunk any more out of it too. */
  async function takeTexts(key: ChunkKey, moved: readonly Touched[]) {
    const text = moved.length > 0 && (await chunks.get(key))
    if (!text) return
    const all = JSON.parse(text) as Record<ID, string>
    for (const { id, row } of moved) {
      if (row !== null && all[id] && !(await texts.getKey(id))) await texts.put({ text: all[id], seq: 0 }, id)
      delete all[id]
    }
    await chunks.put(JSON.stringify(all), key)
  }

  let at = await chunks.openCursor(startOf(generation))
  for (; at; at = await at.continue()) {
    const key = at.key
    last = Math.max(last, key[3])
    if (key[1] === part.texts) continue
    const { rows, moved, changed } = merged(unpack(at.value), key, recent)
    if (!changed) continue
    await (rows.length > 0 ? at.update(pack(rows)) : at.delete())
    await takeTexts([generation, part.texts, key[2], key[3]], moved)
  }

  for (const { of, home, rows } of byHome(recent))
    for (let i = 0; i < rows.length; i += chunkSize) {
      const some = rows.slice(i, i + chunkSize)
      const key: ChunkKey = [generation, of, home, ++last]
      await chunks.put(pack(some), key)
      if (of === part.tasks) for (const { row } of some) places.set(row.id, key)
    }
  for (const { id } of dead) {
    places.delete(id)
    await texts.delete(id)
  }
  await tx.objectStore('recent').clear()
  await tx.done
}

/** A chunk with what is recent of its rows, which is taken out of recent. What belongs elsewhere now is moved. */
function merged(old: Loaded[], key: ChunkKey, recent: Map<string, Touched>) {
  const rows: Loaded[] = []
  const moved: Touched[] = []
  let changed = false
  for (const was of old) {
    const now = recent.get(was.kind + was.row.id)
    if (!now) {
      rows.push(was)
      continue
    }
    changed = true
    const loaded = { kind: now.kind, row: now.row } as Loaded
    if (now.row !== null && (key[1] !== part.tasks || homeOf(loaded) === key[2])) {
      rows.push(loaded)
      recent.delete(was.kind + was.row.id)
    } else if (was.kind === 'task') moved.push(now)
  }
  return { rows, moved, changed }
}

function byHome(recent: Map<string, Touched>) {
  const homes = new Map<string, { of: Part; home: ID; rows: Loaded[] }>()
  for (const { kind, row } of recent.values()) {
    if (row === null) continue
    const loaded = { kind, row } as Loaded
    const of = partOf(kind)
    const home = homeOf(loaded)
    const there = homes.get(of + home)
    if (there) there.rows.push(loaded)
    else homes.set(of + home, { of, home, rows: [loaded] })
  }
  return homes.values()
}
