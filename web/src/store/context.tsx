import { createContext, use, useEffect, useSyncExternalStore, type ReactNode } from 'react'

import { Actions } from './actions'
import { Memory } from './memory'

/** The local store as components have it. */
export interface Store {
  memory: Memory
  act: Actions
}

export function makeStore(now?: () => number): Store {
  const memory = new Memory(now)
  return { memory, act: new Actions(memory) }
}

const Current = createContext<Store | undefined>(undefined)

const often = 30_000 // milliseconds after which it is looked whether another day has begun

export function StoreProvider({ store, children }: { store: Store; children: ReactNode }) {
  useEffect(() => {
    store.memory.tick()
    const ticking = setInterval(() => store.memory.tick(), often)
    return () => clearInterval(ticking)
  }, [store])
  return <Current value={store}>{children}</Current>
}

export function useStore(): Store {
  const store = use(Current)
  if (!store) throw new Error('There is no StoreProvider around this.')
  return store
}

/** A value of the memory that is read again whenever one of the topics is told. It must be the same while nothing changed. */
export function useRead<T>(topics: string, read: (m: Memory) => T): T {
  const { memory } = useStore()
  return useSyncExternalStore(subscribing(memory, topics), () => read(memory))
}

type Subscribe = (tell: () => void) => () => void
const subscribes = new WeakMap<Memory, Map<string, Subscribe>>()

/** The same function for the same topics, or every render would subscribe again. Topics are told apart by line breaks. */
function subscribing(memory: Memory, topics: string): Subscribe {
  let of = subscribes.get(memory)
  if (!of) subscribes.set(memory, (of = new Map()))
  let subscribe = of.get(topics)
  if (!subscribe) {
    subscribe = (tell) => {
      const ends = topics.split('\n').map((t) => memory.topics.subscribe(t, tell))
      return () => ends.forEach((end) => end())
    }
    of.set(topics, subscribe)
  }
  return subscribe
}
