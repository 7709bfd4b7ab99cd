import * as en from 'chrono-node/en'
import * as de from 'chrono-node/de'
import type { ParsedResult } from 'chrono-node'

import { addDays, midnight, today, wallClock } from '../dates/days'

export interface Reading {
  zone: string
  now: number
  /** As a tag such as "en-US" or "de-AT": in which language, and in which order days and months are written. */
  locale: string
}
interface When {
  date: string
  time: string | null
  time_zone: string | null
}
/** A date that was found in a text: where, and what it means. */
export interface Found {
  from: number
  to: number
  when: When
  /** It names a time and no day. */
  timeOnly?: boolean
}

/** What a text by itself says of a day and a time; undefined if it is not all about that. */
export function parseWhen(text: string, reading: Reading): When | undefined {
  const trimmed = text.trim()
  const found = datesIn(trimmed, reading).find((f) => f.from === 0 && f.to === trimmed.length)
  return found?.when
}

/** The days and times that a text names, in its order. Times without a day are today's, or tomorrow's if they are past. */
export function datesIn(text: string, reading: Reading): Found[] {
  const own = plainDates(text, reading)
  const free = (f: Found) => !own.some((o) => o.from < f.to && f.from < o.to)
  const offset = Math.round((wallClock(reading.zone, reading.now) - reading.now) / 60_000)
  const language = reading.locale.startsWith('de') ? de.casual : monthFirst(reading.locale) ? en.casual : en.GB
  const results = language.parse(text, { instant: new Date(reading.now), timezone: offset }, { forwardDate: true })
  const theirs = results.filter((r) => isMeant(text, r)).map((r) => foundOf(r, reading))
  return [...own, ...theirs.filter(free)].sort((a, b) => a.from - b.from)
}

function foundOf(r: ParsedResult, reading: Reading): Found {
  const c = r.start
  const two = (n: number | null) => String(n ?? 0).padStart(2, '0')
  let date = `${String(c.get('year')).padStart(4, '0')}-${two(c.get('month'))}-${two(c.get('day'))}`
  const timed = c.isCertain('hour')
  const time = timed ? `${two(c.get('hour'))}:${two(c.get('minute'))}` : null
  const dayNamed = c.isCertain('day') || c.isCertain('weekday') || c.isCertain('month')
  const nowWall = new Date(wallClock(reading.zone, reading.now)).toISOString()
  if (!dayNamed && time !== null && date === nowWall.slice(0, 10) && time < nowWall.slice(11, 16))
    date = addDays(date, 1)
  const when = { date, time, time_zone: time ? reading.zone : null }
  return { from: r.index, to: r.index + r.text.length, when, timeOnly: !dayNamed && time !== null }
}

/** Whether 12/24 is the day before Christmas where this language is written. */
function monthFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric' }).formatToParts(0)
  return parts.findIndex((p) => p.type === 'month') < parts.findIndex((p) => p.type === 'day')
}

const clock =
  /^[ ,]+(?:at |um )?(?:(\d{1,2})(?:[:.](\d\d))? ?([ap])\.?m\b\.?|(\d{1,2})(?:[:.](\d\d))? ?(?:h|uhr)(?![\p{L}\p{N}])|(\d{1,2}):(\d\d)(?!\d))/iu

/** The time that follows at a place of a text, such as ", 5pm", " at 17:00" or " 17h", and how long it is. */
export function timeAt(text: string, at: number): { time: string; length: number } | undefined {
  const m = clock.exec(text.slice(at))
  if (!m) return undefined
  const half = m[3]?.toLowerCase()
  let hour = Number(m[1] ?? m[4] ?? m[6])
  const minute = Number(m[2] ?? m[5] ?? m[7] ?? 0)
  if (half && (hour < 1 || hour > 12)) return undefined
  if (half) hour = (hour % 12) + (half === 'p' ? 12 : 0)
  if (hour > 23 || minute > 59) return undefined
  const two = (n: number) => String(n).padStart(2, '0')
  return { time: `${two(hour)}:${two(minute)}`, length: m[0].length }
}

/** Words that mean a day or a month only where they can hardly mean something else. */
const doubtful =
  /^(?:sun|sat|wed|mar|may|march|dec|jan|mon|so|mi|do|mai|second|now|jetzt|this|last\b.*|past\b.*|.*\bago|vor\b.*)$/i

function isMeant(text: string, r: ParsedResult): boolean {
  if (r.end) return false // a span of time is no due date
  const before = text.slice(0, r.index)
  const after = text.slice(r.index + r.text.length)
  if (/[\p{L}\p{N}_@#+/.:-]$/u.test(before) || /^[\p{L}\p{N}_@/-]/u.test(after)) return false // a part of a word or an address
  if (/^\d{1,2}$/.test(r.text)) return false
  return !doubtful.test(r.text) || (after.trim() === '' && /^(?:sun|sat|wed|mon)$/i.test(r.text))
}

/** today+7, 2026-12-24, 24.12. and 24.12.2026. */
function plainDates(text: string, reading: Reading): Found[] {
  const day = today(reading.zone, reading.now)
  const out: Found[] = []
  for (const m of text.matchAll(
    /(?<![\p{L}\p{N}.+-])(?:(?:today|heute)\+(\d{1,4})|(\d{4}-\d\d-\d\d)|(\d{1,2})\.(\d{1,2})\.(\d{4})?)(?![\p{L}\p{N}])/giu,
  )) {
    const date = m[1] !== undefined ? addDays(day, Number(m[1])) : (m[2] ?? dotted(m[3]!, m[4]!, m[5], day))
    if (midnight(date) === undefined) continue
    const rest = timeAt(text, m.index + m[0].length)
    const time = rest?.time ?? null
    const to = m.index + m[0].length + (rest?.length ?? 0)
    out.push({ from: m.index, to, when: { date, time, time_zone: time ? reading.zone : null } })
  }
  return out
}

function dotted(d: string, m: string, y: string | undefined, day: string): string {
  const of = (year: string) => `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  if (y !== undefined) return of(y)
  const year = day.slice(0, 4)
  return of(year) < day ? of(String(Number(year) + 1)) : of(year)
}
