import { alike } from './same'

/** Who is to be told when what changes. */
export class Topics {
  private readonly listeners = new Map<string, Set<() => void>>()
  private readonly memos = new Map<string, { value: unknown; fresh: boolean }>()
  private readonly memosOf = new Map<string, Set<string>>()

  subscribe(topic: string, tell: () => void): () => void {
    let set = this.listeners.get(topic)
    if (!set) this.listeners.set(topic, (set = new Set()))
    set.add(tell)
    return () => {
      set.delete(tell)
      if (set.size === 0 && this.listeners.get(topic) === set) this.listeners.delete(topic)
    }
  }

  /** Whether anybody listens. */
  isHeard(topic: string): boolean {
    return this.listeners.has(topic)
  }

  /** Tells whoever listens to one of the topics, each once. */
  emit(topics: Iterable<string>): void {
    const tell = new Set<() => void>()
    for (const topic of topics) {
      this.soil([topic])
      for (const l of this.listeners.get(topic) ?? []) tell.add(l)
    }
    for (const l of tell) l()
  }

  /** Has what was made for the topics made again, without telling anybody yet. */
  soil(topics: Iterable<string>): void {
    for (const topic of topics) {
      const of = this.memosOf.get(topic)
      for (const name of of ?? []) {
        const memo = this.memos.get(name)
        if (memo?.fresh) memo.fresh = false
        else {
          this.memos.delete(name) // nobody has asked for it since the last change
          of!.delete(name)
        }
      }
    }
  }

  /**
   * A value that is made again only after one of the topics, between line breaks, was told, and that stays the same list
   * if its items do.
   */
  memo<T>(name: string, topics: string, make: () => T): T {
    const known = this.memos.get(name)
    if (known?.fresh) return known.value as T
    let value = make()
    if (known && Array.isArray(value) && Array.isArray(known.value) && alike(value, known.value))
      value = known.value as T
    this.memos.set(name, { value, fresh: true })
    for (const topic of topics.split('\n')) {
      const of = this.memosOf.get(topic)
      if (of) of.add(name)
      else this.memosOf.set(topic, new Set([name]))
    }
    return value
  }
}
