import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

import type { Op, Refused, Touched } from '../engine'
import type { ID, Kind } from '../types'

/** The version of what is on the disk. Another version's rows are dropped and read anew; changes that wait are kept. */
const version = 1

export type ChunkKey = [generation: number, part: number, project: ID, n: number]

export interface Schema extends DBSchema {
  meta: { key: 'meta'; value: { generation: number; cursor: string } }
  chunks: { key: ChunkKey; value: string }
  recent: { key: [Kind, ID]; value: { touched: Touched; seq: number } }
  texts: { key: ID; value: { text: string; seq: number } }
  ops: { key: number; value: Op }
  refused: { key: ID; value: Refused }
}
export type Database = IDBPDatabase<Schema>

const rowStores = ['meta', 'chunks', 'recent', 'texts'] as const

/**
 * Opens a workspace's database. Throws if there is none to be had: it is blocked, damaged, of a newer version, or does
 * not answer. gone is called when it is closed from outside, as when it is deleted.
 */
export async function openDatabase(name: string, gone: () => void): Promise<Database> {
  const opening = openDB<Schema>(name, version, {
    upgrade(db) {
      for (const store of rowStores) {
        if (db.objectStoreNames.contains(store)) db.deleteObjectStore(store)
        db.createObjectStore(store)
      }
      if (!db.objectStoreNames.contains('ops')) db.createObjectStore('ops', { autoIncrement: true })
      if (!db.objectStoreNames.contains('refused')) db.createObjectStore('refused')
    },
    blocking(_, __, e) {
      ;(e.target as IDBDatabase).close()
      gone()
    },
    terminated: gone,
  })
  const db = await Promise.race([opening, late(5000)])
  if (db) return db
  void opening.then((d) => d.close()).catch(() => undefined)
  throw new Error('the database does not answer')
}

const late = (ms: number) => new Promise<undefined>((done) => setTimeout(done, ms))

export function startOf(...key: Partial<ChunkKey>): IDBKeyRange {
  return IDBKeyRange.bound(key, [...key, []])
}

/** Whether changes wait in a database, or were refused and nobody has seen to them. */
export async function hasUnsent(name: string): Promise<boolean> {
  try {
    const db = await openDatabase(name, () => undefined)
    const [ops, refused] = await Promise.all([db.count('ops'), db.count('refused')])
    db.close()
    return ops + refused > 0
  } catch {
    return false
  }
}

/** Deletes everything but what has not been sent. */
export async function keepUnsent(name: string): Promise<void> {
  const db = await openDatabase(name, () => undefined)
  const tx = db.transaction(rowStores, 'readwrite')
  await Promise.all(rowStores.map((store) => tx.objectStore(store).clear()))
  await tx.done
  db.close()
}
