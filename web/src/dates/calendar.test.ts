import fc from 'fast-check'

import { addMonths, firstDayOfWeek, monthGrid, weekdayNames } from './calendar'
import { addDays, midnight } from './days'
import { daysBetween } from './speaking'

const days = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays('1970-01-01', n))

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2026-01-15', -1, '2025-12-15'],
  ['2026-08-31', 0, '2026-08-31'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2026-05-31', -18, '2024-11-30'],
])('%s and %d months is %s', (day, months, then) => expect(addMonths(day, months)).toBe(then))

test('months are added whole: the day is the same or the month’s last', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -600, max: 600 }), (day, n) => {
      const then = addMonths(day, n)
      const count = (d: string) => Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7))
      expect(count(then) - count(day)).toBe(n)
      if (then.slice(8) !== day.slice(8)) expect(addDays(then, 1).slice(8)).toBe('01')
    }),
  )
})

test('a month is shown in six whole weeks that hold all of it', () => {
  fc.assert(
    fc.property(days, fc.constantFrom('en-US', 'en-GB', 'de', 'ar-EG', 'dv-MV'), (day, locale) => {
      const month = day.slice(0, 7)
      const weeks = monthGrid(month, locale)
      const shown = weeks.flat()
      expect(weeks.map((w) => w.length)).toEqual([7, 7, 7, 7, 7, 7])
      expect(shown).toContain(day)
      expect(shown.indexOf(`${month}-01`)).toBeLessThan(7)
      expect(shown.every((d, i) => i === 0 || daysBetween(shown[i - 1]!, d) === 1)).toBe(true)
      expect(new Date(midnight(shown[0]!)!).getUTCDay() || 7).toBe(firstDayOfWeek(locale))
    }),
  )
})

describe.each(['told by the browser', 'not told by the browser'])('the first day of the week, %s', (told) => {
  beforeEach(() => {
    if (told.startsWith('told')) return
    for (const name of ['weekInfo', 'getWeekInfo'])
      if (name in Intl.Locale.prototype)
        vi.spyOn(Intl, 'Locale').mockImplementation(function (tag) {
          return { maximize: () => new real(tag as string).maximize() } as Intl.Locale
        })
  })
  const real = Intl.Locale
  afterEach(() => vi.restoreAllMocks())

  test.each([
    ['en', 7],
    ['en-US', 7],
    ['en-CA', 7],
    ['en-GB', 1],
    ['ja', 7],
    ['pt-BR', 7],
    ['de', 1],
    ['de-AT', 1],
    ['fr', 1],
    ['ar-EG', 6],
    ['fa', 6],
    ['dv', 5],
  ])('in %s is %d', (locale, first) => expect(firstDayOfWeek(locale)).toBe(first))
})

test('the days of the week are named in their order', () => {
  expect(weekdayNames('en-US').map((d) => d.short)).toEqual(['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'])
  expect(weekdayNames('de').map((d) => d.short)).toEqual(['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'])
  expect(weekdayNames('en-GB')[0]).toEqual({ short: 'Mo', long: 'Monday' })
})

test.each(['en', 'de', 'ja', 'he', 'ar', 'ru', 'zh', 'hi'])('short names of days differ in %s', (locale) => {
  const names = weekdayNames(locale)
  expect(new Set(names.map((d) => d.short)).size).toBe(7)
  expect(new Set(names.map((d) => d.long)).size).toBe(7)
})
