import { pauseOf, waited } from './pauses'

type Rest = typeof import('./rest')

let coming: Promise<Rest> | undefined

/** The rest of what keeps a workspace the same as the server has it. Tried for until it is had; nothing is lost meanwhile. */
export function rest(): Promise<Rest> {
  coming ??= bring()
  return coming
}

async function bring(): Promise<Rest> {
  for (let tries = 0; ; tries++) {
    try {
      return await import('./rest')
    } catch {
      await waited(pauseOf(tries), new AbortController().signal)
    }
  }
}
