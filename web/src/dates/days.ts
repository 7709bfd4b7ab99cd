// Days, times and zones as the server reads them.

const day = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  let f = formats.get(zone)
  if (!f) {
    f = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, f)
  }
  return f
}

/** What a clock in the zone shows at an instant, as if it were UTC: both in Unix milliseconds. */
export function wallClock(zone: string, ms: number): number {
  if (zone === 'UTC') return ms
  const at: Record<string, string> = {}
  for (const p of format(zone).formatToParts(ms)) at[p.type] = p.value
  const year = at.era === 'BC' ? 1 - Number(at.year) : Number(at.year)
  const wall = utc(year, Number(at.month), Number(at.day))
  const part = ((ms % 1000) + 1000) % 1000
  return wall + ((Number(at.hour) * 60 + Number(at.minute)) * 60 + Number(at.second)) * 1000 + part
}

function utc(year: number, month: number, dayOfMonth: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, dayOfMonth)
}

/** The instant at which a clock in the zone shows what wall says; one that it jumps over is read as Go reads it. */
export function instantOf(zone: string, wall: number): number {
  if (zone === 'UTC') return wall
  const guess = wallClock(zone, wall) - wall
  if (guess === 0) return wall
  return wall - (wallClock(zone, wall - guess) - (wall - guess))
}

/** The midnight, as if in UTC, of a day such as 2026-12-24; undefined if it is none. */
export function midnight(date: string): number | undefined {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date)
  if (!m) return undefined
  const ms = utc(Number(m[1]), Number(m[2]), Number(m[3]))
  return dateOf(ms) === date ? ms : undefined
}

/** The day that an instant, read as UTC, is in. */
export function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** The day that it is in the zone. */
export function today(zone: string, now: number): string {
  return dateOf(wallClock(zone, now))
}

export function addDays(date: string, days: number): string {
  return dateOf(midnight(date)! + days * day)
}

/** The moment from which on a due date is past: a time's own, the last millisecond of a day; a floating one as if in UTC. */
export function pastFrom(due: { date: string; time?: string | null; time_zone?: string | null }): number | undefined {
  const start = midnight(due.date)
  const zone = due.time_zone ?? 'UTC'
  if (start === undefined) return undefined
  if (!due.time) return instantOf(zone, start + day) - 1
  const [hours, minutes] = due.time.split(':').map(Number)
  return instantOf(zone, start + ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000)
}

/** RFC 3339 with milliseconds, clipped to the years that sort as text. */
export function iso(ms: number): string {
  const clipped = Math.min(Math.max(ms, utc(0, 1, 1)), utc(9999, 12, 31) + day - 1)
  return new Date(clipped).toISOString()
}

/** One end of a range: the instant and, for dates that float, the same wall clock read as UTC. */
export interface Bound {
  at: string
  wall: string
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** Reads a day, today, today+7 or today-30 in the zone, or an instant. */
export function bound(value: string, zone: string, now: number): Bound & { date?: string } {
  const date = dayMeant(value, zone, now)
  const start = midnight(date)
  if (start !== undefined) {
    return { at: iso(instantOf(zone, start)), wall: iso(start), date }
  }
  const ms = rfc3339.test(value) ? Date.parse(value) : NaN
  if (Number.isNaN(ms)) throw new Error(`${value} is neither a day nor a time`)
  return { at: iso(ms), wall: iso(wallClock(zone, ms)) }
}

function dayMeant(value: string, zone: string, now: number): string {
  const m = /^today([+-]\d{1,5})?$/.exec(value)
  const days = m ? Number(m[1] ?? 0) : Infinity
  return Math.abs(days) > 10_000 ? value : addDays(today(zone, now), days)
}
