import { useEffect, useState, type ComponentType } from 'react'

/**
 * A part of the app in a chunk of its own, shown in the very next frame once the chunk is here; React.lazy would hold it
 * back for up to 300 ms. Until then nothing is drawn. A chunk that can't be had is thrown to the error boundary.
 */
export function part<P extends object>(load: () => Promise<{ default: ComponentType<P> }>) {
  let loaded: ComponentType<P> | undefined
  const bring = async () => (loaded = (await load()).default)

  function Part(props: P) {
    'use no memo' // what is loaded changes from outside
    const [state, setState] = useState<{ failure: unknown }>()
    const [, redraw] = useState(0)
    useEffect(() => {
      if (loaded) return
      let over = false
      bring().then(
        () => over || redraw(1),
        (failure: unknown) => over || setState({ failure }),
      )
      return () => {
        over = true
      }
    }, [])
    if (state) throw state.failure
    return loaded ? draw(loaded, props) : null
  }
  /** Gets the chunk, so that it is here when it is wanted. */
  Part.preload = () => void bring().catch(() => undefined)
  return Part
}

function draw<P extends object>(Inner: ComponentType<P>, props: P) {
  return <Inner {...props} />
}

/** Gets parts as soon as the browser has nothing better to do, so that nobody waits for them. */
export function useSoon(...parts: readonly { preload: () => void }[]): void {
  const [wanted] = useState(parts)
  useEffect(() => whenIdle(() => wanted.forEach((p) => p.preload())), [wanted])
}

/** Calls when the browser has nothing better to do. */
export function whenIdle(run: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(run, 1000)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(run, { timeout: 5000 })
  return () => cancelIdleCallback(handle)
}
