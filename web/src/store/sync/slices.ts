/** Lets what waits (input, frames) go first. */
function nextTask(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } }
  if (scheduler?.yield) return scheduler.yield()
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      done()
    }
    port2.postMessage(null)
  })
}

/**
 * For long work in the page's own thread: what it gives is awaited between two steps, and returns at once until the work
 * has held the thread for so many milliseconds.
 */
export function slices(budget = 8): () => Promise<void> | void {
  let begun = performance.now()
  return () => {
    if (performance.now() - begun < budget) return
    return nextTask().then(() => {
      begun = performance.now()
    })
  }
}
