import { readFileSync } from 'node:fs'
import fc from 'fast-check'

import { addDays, bound, instantOf, midnight, pastFrom, wallClock } from './days'

type Line = [zone: string, date: string, a: string | null, b: string]

// The file is the server's: both compute the same from it.
const shared = JSON.parse(readFileSync('../internal/tasks/testdata/due.json', 'utf8')) as {
  due: Line[]
  bounds: Line[]
}
const zones = [...new Set(shared.due.map(([zone]) => zone))]
// Apia once left out a day.
const whole = zones.filter((z) => z !== 'Pacific/Apia')

const instants = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2035, 0, 1) })
const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('1980-01-01', n))

test('due dates are past when the server says so', () => {
  const ours = shared.due.map(([zone, date, time]) => [
    zone,
    date,
    time,
    new Date(pastFrom({ date, time, time_zone: zone })!).toISOString(),
  ])
  expect(ours).toEqual(shared.due)
})

test('days begin when the server says so', () => {
  const ours = shared.bounds.map(([zone, date]) => {
    const { at, wall } = bound(date, zone, 0)
    return [zone, date, at, wall]
  })
  expect(ours).toEqual(shared.bounds)
})

test('what a clock shows is read back as that instant, or as one an hour away where the clock shows it twice', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, ms) => {
      const back = instantOf(zone, wallClock(zone, ms))
      expect(Math.abs(back - ms)).toBeLessThanOrEqual(3_600_000)
      expect(wallClock(zone, back)).toBe(wallClock(zone, ms))
    }),
  )
})

test('clocks of the world are never more than a day from UTC, and go on', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, ms) => {
      expect(Math.abs(wallClock(zone, ms) - ms)).toBeLessThan(86_400_000)
      expect(wallClock(zone, ms + 2 * 86_400_000)).toBeGreaterThan(wallClock(zone, ms))
    }),
  )
})

test('days can be added and taken away again', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -10_000, max: 10_000 }), (day, n) => {
      expect(addDays(addDays(day, n), -n)).toBe(day)
      expect(midnight(addDays(day, n))! - midnight(day)!).toBe(n * 86_400_000)
    }),
  )
})

test('a day is not past before its times are', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 4, max: 22 }), fc.constantFrom(...whole), (date, hour, zone) => {
      const time = `${String(hour).padStart(2, '0')}:00`
      expect(pastFrom({ date, time, time_zone: zone })!).toBeLessThanOrEqual(pastFrom({ date, time_zone: zone })!)
    }),
  )
})

test.each(['2026-02-29', '2026-13-01', '2026-1-1', '24.12.2026', '', '2026-12-24T00:00'])('%o is no day', (text) => {
  expect(midnight(text)).toBeUndefined()
})

test('a range that begins neither with a day nor with a time is refused', () => {
  expect(() => bound('someday', 'UTC', 0)).toThrow('someday')
  expect(() => bound('today+99999', 'UTC', 0)).toThrow()
  expect(() => bound('Dec 24, 2026', 'UTC', 0)).toThrow()
  expect(bound('2026-12-24T17:00:00+01:00', 'Asia/Kathmandu', 0)).toEqual({
    at: '2026-12-24T16:00:00.000Z',
    wall: '2026-12-24T21:45:00.000Z',
  })
})

test('today is told by its distance', () => {
  const now = Date.UTC(2026, 0, 1, 3) // still the year before in New York
  expect(bound('today', 'America/New_York', now).date).toBe('2025-12-31')
  expect(bound('today+1', 'America/New_York', now).date).toBe('2026-01-01')
  expect(bound('today-30', 'America/New_York', now).date).toBe('2025-12-01')
})
