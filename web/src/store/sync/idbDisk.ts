import type { Loaded, Op, Refused, Touched } from '../engine'
import type { ID } from '../types'
import { type ChunkKey, type Database, openDatabase, startOf } from './database'
import type { Disk, Waiting, Write } from './disk'
import { rest } from './bring'
import { seqOf } from './net'
import { type Part, part, unpack } from './pack'
import { slices } from './slices'

const spareFrom = 2 ** 50
const many = 1000 // recent rows, from which on they are packed

/** The disk that IndexedDB is. Rows are packed by project; what changed since stands beside, a record a row. */
export class IdbDisk implements Disk {
  private full = false
  private generation = 0
  private spare: Waiting[] = [] // changes that the disk did not take
  private spares = 0
  private places = new Map<ID, ChunkKey>()

  private constructor(
    private db: Database,
    private trouble: (e: unknown) => void,
  ) {}

  /** trouble is told of what can't be written or read any more. */
  static async open(name: string, trouble: (e: unknown) => void): Promise<IdbDisk> {
    let disk: IdbDisk | undefined
    const db = await openDatabase(name, () => disk?.stop(new Error('the database was closed')))
    return (disk = new IdbDisk(db, trouble))
  }

  get lasting() {
    return !this.full
  }

  async cursor() {
    const meta = await this.db.get('meta', 'meta')
    this.generation = meta?.generation ?? 0
    return meta?.cursor
  }

  async *chunks(of: Part, project?: ID, others = false): AsyncGenerator<Loaded[]> {
    const keys = await this.db.getAllKeys('chunks', startOf(this.generation, of))
    const wanted = project === undefined ? keys : keys.filter((key) => (key[2] === project) !== others)
    let ahead = this.load(wanted[0])
    for (const [i, key] of wanted.entries()) {
      const text = await ahead
      ahead = this.load(wanted[i + 1])
      if (text === undefined) continue // packed anew meanwhile, which is told to tabs
      const rows = unpack(text)
      if (of === part.tasks) for (const { row } of rows) this.places.set(row.id, key)
      yield rows
    }
  }

  private load(key: ChunkKey | undefined): Promise<string | undefined> {
    return key ? this.db.get('chunks', key) : Promise.resolve(undefined)
  }

  async recent() {
    return (await this.db.getAll('recent')).map((r) => r.touched)
  }

  async text(task: ID) {
    const fresh = await this.db.get('texts', task)
    if (fresh) return fresh.text
    const place = this.places.get(task)
    if (place) return (await this.textsAt([this.generation, part.texts, place[2], place[3]]))[task]
    let found: string | undefined
    await this.eachText((id, text) => {
      if (id === task) found = text
    })
    return found
  }

  private async textsAt(key: ChunkKey): Promise<Record<ID, string>> {
    return JSON.parse((await this.db.get('chunks', key)) ?? '{}')
  }

  async eachText(visit: (task: ID, text: string) => void) {
    const breathe = slices()
    const fresh = new Set(await this.db.getAllKeys('texts'))
    for (const key of await this.db.getAllKeys('chunks', startOf(this.generation, part.texts))) {
      for (const [task, text] of Object.entries(await this.textsAt(key))) if (!fresh.has(task)) visit(task, text)
      await breathe()
    }
    for (const task of fresh) visit(task, (await this.db.get('texts', task))?.text ?? '')
  }

  async write(change: Write) {
    const { cursor, touched = [], done = [], changed = [], refused = [], seen = [] } = change
    this.spare = this.spare.filter((w) => !done.includes(w.n))
    if (this.full) return
    const tx = this.db.transaction(['meta', 'recent', 'texts', 'ops', 'refused'], 'readwrite', {
      durability: 'relaxed',
    })
    tx.done.catch(later)
    try {
      const seq = change.seq ?? seqOf(cursor) ?? 0
      if (cursor !== undefined)
        void tx.objectStore('meta').put({ generation: this.generation, cursor }, 'meta').catch(later)
      for (const t of touched) this.put(tx, t, seq)
      for (const n of done) void tx.objectStore('ops').delete(n).catch(later)
      for (const { n, op } of changed) void tx.objectStore('ops').put(op, n).catch(later)
      for (const r of refused) void tx.objectStore('refused').put(r, r.op.id).catch(later)
      for (const id of seen) void tx.objectStore('refused').delete(id).catch(later)
      await tx.done
    } catch (e) {
      try {
        tx.abort() // all of it or nothing
      } catch {
        // It is over already.
      }
      this.stop(e)
    }
  }

  private put(tx: Stores, { kind, id, row, description }: Touched, seq: number) {
    void tx.objectStore('recent').put({ touched: { kind, id, row }, seq }, [kind, id]).catch(later)
    if (kind !== 'task') return
    if (row === null) void tx.objectStore('texts').put({ text: '', seq }, id).catch(later)
    else if (description !== undefined) void tx.objectStore('texts').put({ text: description, seq }, id).catch(later)
  }

  /** Nothing is written from here on: the cursor on the disk stays behind, and the next visit reads on from there. */
  private stop(e: unknown) {
    this.full = true
    this.trouble(e)
  }

  async fill() {
    const generation = this.generation + 1
    const { fillDatabase } = await rest()
    const filling = await fillDatabase(this.db, generation)
    return {
      add: filling.add,
      finish: async (cursor: string) => {
        this.places = await filling.finish(cursor)
        this.generation = generation
      },
    }
  }

  async forget(project: ID, touched: readonly Touched[]) {
    const tx = this.db.transaction('chunks', 'readwrite')
    for (const p of [part.tasks, part.talk, part.texts])
      void tx.store.delete(startOf(this.generation, p, project)).catch(later)
    await tx.done
    await this.write({ touched })
    await this.tidy(true)
  }

  async tidy(always = false) {
    if (this.full || (!always && (await this.db.count('recent')) < many)) return
    const { tidyDatabase } = await rest()
    await tidyDatabase(this.db, this.generation, this.places)
  }

  async add(op: Op): Promise<boolean> {
    try {
      const tx = this.db.transaction('ops', 'readwrite', { durability: 'strict' })
      const added = tx.store.add(op)
      tx.commit() // at once: it is done even if this page is gone in a moment
      await Promise.all([added, tx.done])
      return true
    } catch (e) {
      this.spare.push({ n: spareFrom + this.spares++, op })
      this.trouble(e)
      return false
    }
  }

  async waiting(): Promise<Waiting[]> {
    try {
      const tx = this.db.transaction('ops')
      const [keys, ops] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()])
      return [...ops.map((op, i) => ({ n: keys[i]!, op })), ...this.spare]
    } catch {
      return this.spare
    }
  }

  refused(): Promise<Refused[]> {
    return this.db.getAll('refused')
  }

  close() {
    this.db.close()
  }
}

type Stores = ReturnType<typeof storesOf>
const storesOf = (db: Database) => db.transaction(['meta', 'recent', 'texts', 'ops', 'refused'], 'readwrite')
const later = () => undefined // the transaction fails as a whole, and tells
