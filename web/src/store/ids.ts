import type { ID } from './types'

let last = 0
let count = 0

/** Makes a UUID of version 7. Those of one page rise. It needs no secure context. */
export function newID(now = Date.now()): ID {
  if (now > last) {
    last = now
    count = crypto.getRandomValues(new Uint16Array(1))[0]! & 0x7ff
  } else if (++count > 0xfff) {
    last++
    count = 0
  }
  const rest = Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, '0')).join('')
  const time = last.toString(16).padStart(12, '0')
  const variant = (8 + (parseInt(rest[0]!, 16) & 3)).toString(16)
  const a = count.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a}-${variant}${rest.slice(1, 4)}-${rest.slice(4, 16)}`
}
