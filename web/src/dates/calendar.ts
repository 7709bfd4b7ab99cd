import { addDays, dateOf, midnight } from './days'
import { dateFormat } from './formats'

/** The same day of another month, or its last one where it is shorter. Days are written 2026-12-24. */
export function addMonths(day: string, months: number): string {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(y, m - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return dateOf(first.getTime() + (Math.min(d, last) - 1) * 86_400_000)
}

const sunday =
  'AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW'
const saturday = 'AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY'

/** The day that weeks begin with in a language: 1 is Monday, 7 Sunday. Not every browser knows it by itself. */
export function firstDayOfWeek(locale: string): number {
  type Weeks = { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } }
  const tag = new Intl.Locale(locale)
  const own = tag as unknown as Weeks
  const known = (own.getWeekInfo?.() ?? own.weekInfo)?.firstDay
  if (known) return known
  const { region = '' } = tag.maximize()
  if (region === 'MV') return 5
  if (saturday.split(' ').includes(region)) return 6
  return sunday.split(' ').includes(region) ? 7 : 1
}

/** The weeks that a month such as 2026-12 is shown in: six rows of seven days. */
export function monthGrid(month: string, locale: string): string[][] {
  const first = `${month}-01`
  const weekday = new Date(midnight(first)!).getUTCDay() || 7
  const start = addDays(first, -((weekday - firstDayOfWeek(locale) + 7) % 7))
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_, day) => addDays(start, week * 7 + day)))
}

/** The days of the week in a language's order; the short ones have room above a column and are all different. */
export function weekdayNames(locale: string): { short: string; long: string }[] {
  const [week] = monthGrid('2026-06', locale)
  const names = (weekday: 'narrow' | 'short' | 'long') =>
    week!.map((date) => dateFormat(locale, { weekday, timeZone: 'UTC' }).format(midnight(date)))
  const short = names('short')
  const letters = short.map((name) => [...name].slice(0, 2).join(''))
  const fitting = [letters, names('narrow'), short].find((all) => new Set(all).size === 7) ?? short
  return names('long').map((long, i) => ({ short: fitting[i]!, long }))
}
