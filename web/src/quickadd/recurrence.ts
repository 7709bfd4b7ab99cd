import { addDays, midnight, today } from '../dates/days'
import { timeAt, type Reading } from './when'

/** "every friday", "every 2 weeks", "täglich": as a rule of RFC 5545, and the first day that it means. */
export interface Repeats {
  from: number
  to: number
  rrule: string
  first: string
  /** The time that stands after it, such as 5pm. */
  time: string | null
}

const weekdays: [RegExp, string, number][] = [
  [/^(?:mon(?:day)?|montag)s?$/i, 'MO', 1],
  [/^(?:tue(?:s(?:day)?)?|dienstag)s?$/i, 'TU', 2],
  [/^(?:wed(?:nesday)?|mittwoch)s?$/i, 'WE', 3],
  [/^(?:thu(?:r(?:s(?:day)?)?)?|donnerstag)s?$/i, 'TH', 4],
  [/^(?:fri(?:day)?|freitag)s?$/i, 'FR', 5],
  [/^(?:sat(?:urday)?|samstag|sonnabend)s?$/i, 'SA', 6],
  [/^(?:sun(?:day)?|sonntag)s?$/i, 'SU', 0],
]
const units: [RegExp, string][] = [
  [/^(?:days?|tag(?:e|en)?)$/i, 'DAILY'],
  [/^(?:weeks?|woche[n]?)$/i, 'WEEKLY'],
  [/^(?:months?|monat(?:e|en)?)$/i, 'MONTHLY'],
  [/^(?:years?|jahr(?:e|en)?)$/i, 'YEARLY'],
]
const alone: [RegExp, string][] = [
  [/^(?:daily|täglich)$/i, 'DAILY'],
  [/^(?:weekly|wöchentlich)$/i, 'WEEKLY'],
  [/^(?:monthly|monatlich)$/i, 'MONTHLY'],
  [/^(?:yearly|annually|jährlich)$/i, 'YEARLY'],
]
const pattern =
  /(?<![\p{L}\p{N}])(?:(?:every|each|jede[nrs]?|alle)\s+(?:(\d{1,3}|other|zweite[nrs]?)\.?\s+)?(\p{L}+)|(daily|weekly|monthly|yearly|annually|täglich|wöchentlich|monatlich|jährlich))(?![\p{L}\p{N}])/giu

export function repeatsIn(text: string, reading: Reading): Repeats | undefined {
  const day = today(reading.zone, reading.now)
  for (const m of text.matchAll(pattern)) {
    const after = timeAt(text, m.index + m[0].length)
    const to = m.index + m[0].length + (after?.length ?? 0)
    const at = { from: m.index, to, time: after?.time ?? null }
    if (m[3]) {
      const freq = alone.find(([w]) => w.test(m[3]!))
      if (freq) return { ...at, rrule: `FREQ=${freq[1]}`, first: day }
    }
    const every = m[1] === undefined ? 1 : /^\d/.test(m[1]) ? Number(m[1]) : 2
    const interval = every > 1 ? `;INTERVAL=${every}` : ''
    if (every === 0) continue
    const word = m[2] ?? ''
    const weekday = weekdays.find(([w]) => w.test(word))
    if (weekday) {
      const ahead = (weekday[2] - new Date(midnight(day)!).getUTCDay() + 7) % 7
      return { ...at, rrule: `FREQ=WEEKLY${interval};BYDAY=${weekday[1]}`, first: addDays(day, ahead) }
    }
    if (/^(?:weekdays?|workdays?|werktags?)$/i.test(word))
      return { ...at, rrule: `FREQ=WEEKLY${interval};BYDAY=MO,TU,WE,TH,FR`, first: nextWorkday(day) }
    const unit = units.find(([w]) => w.test(word))
    if (unit) return { ...at, rrule: `FREQ=${unit[1]}${interval}`, first: day }
  }
  return undefined
}

function nextWorkday(day: string): string {
  const weekday = new Date(midnight(day)!).getUTCDay()
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day
}
