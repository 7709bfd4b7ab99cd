import type { Descriptions } from './engine'
import { foundIn, termsOf, type Term } from './filter/terms'
import type { Matches } from './filter/matches'
import type { ID } from './types'

const kept = 50

interface Search {
  terms: Term[]
  /** Which terms each task's description has. */
  bits: Map<ID, number>
}

/** Descriptions, which are kept elsewhere: those that are looked at, and which words the others have. */
export class Texts {
  private from: Descriptions | undefined
  private readonly known = new Map<ID, string>()
  private readonly loading = new Set<ID>()
  private readonly searches = new Map<string, Search>()

  /** told says that a description is here, found that a search by words has found more. */
  constructor(
    private readonly told: () => void,
    private readonly found: () => void,
  ) {}

  setSource(from: Descriptions): void {
    this.from = from
    for (const s of this.searches.values()) void this.search(s)
  }

  /** A description, if it is here; otherwise it is fetched. */
  get(task: ID): string | undefined {
    const text = this.known.get(task)
    if (text === undefined) void this.load(task)
    return text
  }

  /** A description, if it is here. */
  peek(task: ID): string | undefined {
    return this.known.get(task)
  }

  private async load(task: ID): Promise<void> {
    if (!this.from || this.loading.has(task)) return
    this.loading.add(task)
    try {
      const text = await this.from.get(task)
      if (this.known.has(task)) return // a newer one came by the history
      this.keep(task, text ?? '')
      this.told()
    } finally {
      this.loading.delete(task)
    }
  }

  private keep(task: ID, text: string): void {
    this.known.delete(task)
    this.known.set(task, text)
    for (const old of this.known.keys()) {
      if (this.known.size <= kept) break
      this.known.delete(old)
    }
  }

  /** Takes up what a description has become. */
  changed(task: ID, text: string): void {
    if (this.known.has(task) || this.loading.has(task)) this.keep(task, text)
    for (const s of this.searches.values()) s.bits.set(task, foundIn(text, s.terms))
  }

  forget(task: ID): void {
    this.known.delete(task)
    for (const s of this.searches.values()) s.bits.delete(task)
  }

  /** A test for all words of a text, in title and description together. */
  hasWords(text: string): Matches {
    let s = this.searches.get(text)
    if (!s) {
      if (this.searches.size > 100) this.searches.clear()
      s = { terms: termsOf(text), bits: new Map() }
      this.searches.set(text, s)
      void this.search(s)
    }
    const { terms, bits } = s
    const all = (1 << terms.length) - 1
    return (t) => terms.length > 0 && ((bits.get(t.id) ?? 0) | foundIn(t.title, terms)) === all
  }

  private async search(s: Search): Promise<void> {
    if (!this.from || s.terms.length === 0) return
    const fresh = new Set<ID>(s.bits.keys())
    await this.from.each((task, text) => {
      const bits = fresh.has(task) ? 0 : foundIn(text, s.terms)
      if (bits) s.bits.set(task, bits)
    })
    this.found()
  }

  clear(): void {
    this.known.clear()
    this.searches.clear()
  }
}
