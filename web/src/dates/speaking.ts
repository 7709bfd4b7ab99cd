import { midnight, pastFrom, today, wallClock } from './days'
import { dateFormat, relativeFormat } from './formats'

interface When {
  date: string
  time?: string | null
  time_zone?: string | null
}

/** As whom dates are read: in which zone, when, and in which language. */
export interface Reader {
  zone: string
  now: number
  locale: string
}

/** How many days lie between two; negative if the second is before the first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((midnight(to)! - midnight(from)!) / 86_400_000)
}

/** Whether a task that is not completed should have been by now. What floats is past by the reader's own clock. */
export function isOverdue(task: { due: When | null; completed_at: string | null }, zone: string, now: number): boolean {
  if (!task.due || task.completed_at !== null) return false
  const past = pastFrom(task.due)
  if (past === undefined) return false
  return past < (task.due.time_zone ? now : wallClock(zone, now))
}

/** The day and time that something is due for a reader: what has a zone of its own is told in hers. */
export function dueFor(when: When, zone: string): { date: string; time: string | null } {
  if (!when.time) return { date: when.date, time: null }
  if (!when.time_zone || when.time_zone === zone) return { date: when.date, time: when.time }
  const wall = new Date(wallClock(zone, pastFrom(when)!)).toISOString()
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) }
}

const format = (locale: string, options: Intl.DateTimeFormatOptions) =>
  dateFormat(locale, { timeZone: 'UTC', ...options })

/** A date as one says it: today, tomorrow, a weekday within the week, else day and month, with the year if another. */
export function speakDay(day: string, locale: string, now?: string): string {
  const at = midnight(day)!
  if (now === undefined)
    return format(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at)
  const days = daysBetween(now, day)
  if (Math.abs(days) <= 1) return capital(relativeFormat(locale, { numeric: 'auto' }).format(days, 'day'), locale)
  if (days > 0 && days < 7) return format(locale, { weekday: 'short' }).format(at)
  const other = day.slice(0, 4) !== now.slice(0, 4)
  return format(locale, { day: 'numeric', month: 'short', ...(other ? { year: 'numeric' } : {}) }).format(at)
}

/** When something is due: "Today", "Fri 17:00", "24 Dec". */
export function speak(when: When, { zone, now, locale }: Reader): string {
  const due = dueFor(when, zone)
  const day = speakDay(due.date, locale, today(zone, now))
  return due.time ? `${day} ${speakTime(due.time, locale)}` : day
}

/** The whole date, with time and zone, for hovering. */
export function speakFull(when: When, { zone, locale }: Pick<Reader, 'zone' | 'locale'>): string {
  const due = dueFor(when, zone)
  const day = speakDay(due.date, locale)
  if (!due.time) return day
  const own = when.time_zone && when.time_zone !== zone ? ` (${speakTime(when.time!, locale)} ${when.time_zone})` : ''
  return `${day}, ${speakTime(due.time, locale)} ${when.time_zone ? zone : ''}${own}`.trim()
}

function speakTime(time: string, locale: string): string {
  return format(locale, { timeStyle: 'short' }).format(Date.parse(`2000-01-01T${time}Z`))
}

/** A month such as 2026-12 in words: "December 2026". */
export function speakMonth(month: string, locale: string): string {
  return format(locale, { month: 'long', year: 'numeric' }).format(midnight(`${month}-01`))
}

/** An instant in full, in the reader's zone. */
export function speakInstant(instant: string, { zone, locale }: Pick<Reader, 'zone' | 'locale'>): string {
  return dateFormat(locale, { timeZone: zone, dateStyle: 'full', timeStyle: 'short' }).format(Date.parse(instant))
}

const spans = [
  ['minute', 60_000, 60],
  ['hour', 3_600_000, 24],
] as const

/** How long ago something was: minutes, hours, yesterday, then the date. */
export function ago(instant: string, { zone, now, locale }: Reader): string {
  const at = Date.parse(instant)
  const passed = Math.max(0, now - at)
  const relative = relativeFormat(locale, { numeric: 'auto', style: 'short' })
  if (passed < 60_000) return relative.format(0, 'second')
  for (const [unit, size, most] of spans) {
    const n = Math.floor(passed / size)
    if (n < most) return relative.format(-n, unit)
  }
  const day = today(zone, at)
  const days = daysBetween(day, today(zone, now))
  return days < 7 ? relative.format(-Math.max(days, 1), 'day') : speakDay(day, locale, today(zone, now))
}

function capital(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}
