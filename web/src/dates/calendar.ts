import { addDays, dateOf, midnight } from './days'

/** The same day of another month, or its last one where it is shorter. Days are written 2026-12-24. */
export function addMonths(day: string, months: number): string {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(y, m - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return dateOf(first.getTime() + (Math.min(d, last) - 1) * 86_400_000)
}

/** The day that weeks begin with in a language: 1 is Monday, 7 Sunday. */
export function firstDayOfWeek(locale: string): number {
  type Weeks = { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } }
  const of = new Intl.Locale(locale) as unknown as Weeks
  return (of.getWeekInfo?.() ?? of.weekInfo)?.firstDay ?? 1
}

/** The weeks that a month such as 2026-12 is shown in: six rows of seven days. */
export function monthGrid(month: string, locale: string): string[][] {
  const first = `${month}-01`
  const weekday = new Date(midnight(first)!).getUTCDay() || 7
  const start = addDays(first, -((weekday - firstDayOfWeek(locale) + 7) % 7))
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_, day) => addDays(start, week * 7 + day)))
}

/** The days of the week in a language's order. */
export function weekdayNames(locale: string): { short: string; long: string }[] {
  const name = (width: 'narrow' | 'short' | 'long', date: string) =>
    new Intl.DateTimeFormat(locale, { weekday: width, timeZone: 'UTC' }).format(midnight(date))
  const [week] = monthGrid('2026-06', locale)
  return week!.map((d) => ({ short: name('short', d).slice(0, 2), long: name('long', d) }))
}
