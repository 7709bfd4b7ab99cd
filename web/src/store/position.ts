import type { ID, Place } from './types'

// Positions are the server's: integers below 2^63 in 13 digits of base 32, with room between them. What is placed here
// gets the one that the server will most likely give. Where there is no room, it gets a text between the two that sorts
// right until the answer comes.

const digits = 13
const max = 1n << 63n
const step = 1n << 32n

function read(position: string): bigint {
  let n = 0n
  for (const c of position.slice(0, digits)) n = n * 32n + BigInt(parseInt(c, 32))
  return n
}

function write(n: bigint): string {
  return n.toString(32).padStart(digits, '0')
}

/** A position strictly between two, of which undefined is the end of the list. */
export function between(low: string | undefined, high: string | undefined): string {
  const from = low === undefined ? 0n : read(low)
  const to = high === undefined ? max : read(high)
  if (low === undefined && high === undefined) return write(max / 2n)
  if (high === undefined && from < max - step) return write(from + step)
  if (low === undefined && to > step) return write(to - step)
  if (to - from >= 2n) return write(from + (to - from) / 2n)
  return crowded(low ?? '', high)
}

/** A text that sorts between two that have no integer between them: the lower one, and more behind it. */
function crowded(low: string, high: string | undefined): string {
  const base = low.padEnd(digits, '0')
  if (high === undefined || !high.startsWith(base)) return base + 'g'
  let tail = ''
  for (const c of high.slice(base.length)) {
    const half = Math.floor(parseInt(c, 32) / 2)
    tail += half.toString(32)
    if (half > 0) return base + tail
  }
  return base + tail + '0g'
}

/** What stands in an order. */
export interface Placed {
  id: ID
  at: string
}

/**
 * The position that something gets by a place among others, which come in no order and may have the thing itself among
 * them. Undefined if the place names nothing of the list.
 */
export function placed(others: readonly Placed[], self: ID, place: Place | undefined): string | undefined {
  const beside = typeof place === 'object' ? (place.after ?? place.before) : undefined
  const anchor = beside === undefined ? undefined : others.find((o) => o.id === beside && o.id !== self)
  if (beside !== undefined && !anchor) return undefined
  const gap = new Gap(place, anchor?.at)
  for (const o of others) if (o.id !== self) gap.pass(o.at)
  return gap.position()
}

/** The gap that a place means, found by passing everything else in a list by it. */
export class Gap {
  private low: string | undefined
  private high: string | undefined

  /** anchor is where that is which the place names. */
  constructor(
    private readonly place: Place | undefined,
    private readonly anchor: string | undefined,
  ) {}

  pass(at: string): void {
    if (this.isBelow(at)) {
      if (this.low === undefined || at > this.low) this.low = at
    } else if (this.high === undefined || at < this.high) this.high = at
  }

  private isBelow(at: string): boolean {
    if (this.place === 'first') return false
    if (this.anchor === undefined || at < this.anchor) return true
    return at === this.anchor && typeof this.place === 'object' && this.place.after !== undefined
  }

  position(): string {
    return between(this.low, this.high)
  }
}
