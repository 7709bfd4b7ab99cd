import fc from 'fast-check'

import { addDays, pastFrom } from './days'
import { ago, daysBetween, isOverdue, speak, speakDay, speakFull, speakInstant, speakMonth } from './speaking'

// Browsers differ in their spaces, and in whether a comma follows the day of the week.
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/(?<=day),/, '')
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'America/Santiago', 'Asia/Kathmandu', 'Australia/Lord_Howe']
const now = Date.UTC(2026, 11, 9, 11) // a Wednesday noon in Berlin
const reader = { zone: 'Europe/Berlin', now, locale: 'en-GB' }

test.each([
  ['2026-12-09', 'Today', 'Heute'],
  ['2026-12-10', 'Tomorrow', 'Morgen'],
  ['2026-12-08', 'Yesterday', 'Gestern'],
  ['2026-12-11', 'Fri', 'Fr'],
  ['2026-12-15', 'Tue', 'Di'],
  ['2026-12-16', '16 Dec', '16. Dez.'],
  ['2026-12-07', '7 Dec', '7. Dez.'],
  ['2027-01-02', '2 Jan 2027', '2. Jan. 2027'],
  ['2025-12-24', '24 Dec 2025', '24. Dez. 2025'],
])('%s is %s, %s', (date, english, german) => {
  expect(speak({ date }, reader)).toBe(english)
  expect(speak({ date }, { ...reader, locale: 'de' })).toBe(german)
})

test('dates are written as the region does', () => {
  expect(speak({ date: '2026-12-24' }, { ...reader, locale: 'en-US' })).toBe('Dec 24')
  expect(plain(speak({ date: '2026-12-11', time: '17:00' }, { ...reader, locale: 'en-US' }))).toBe('Fri 5:00 PM')
  expect(speak({ date: '2026-12-11', time: '17:00' }, reader)).toBe('Fri 17:00')
  expect(speakMonth('2026-12', 'de')).toBe('Dezember 2026')
})

test('a time in another zone is told in the reader’s, on her day', () => {
  const due = { date: '2026-12-09', time: '20:00', time_zone: 'America/New_York' }
  expect(speak(due, reader)).toBe('Tomorrow 02:00')
  expect(speak(due, { ...reader, zone: 'America/New_York' })).toBe('Today 20:00')
  expect(plain(speakFull(due, reader))).toBe('Thursday 10 December 2026, 02:00 Europe/Berlin (20:00 America/New_York)')
})

test('what floats, and a whole day, are the same everywhere', () => {
  for (const zone of zones) {
    expect(speak({ date: '2026-12-24', time: '17:00' }, { ...reader, zone })).toBe('24 Dec 17:00')
    expect(speak({ date: '2026-12-24', time_zone: 'Asia/Tokyo' }, { ...reader, zone })).toBe('24 Dec')
  }
  expect(plain(speakFull({ date: '2026-12-24', time: '17:00' }, reader))).toBe('Thursday 24 December 2026, 17:00')
  expect(plain(speakFull({ date: '2026-12-24' }, reader))).toBe('Thursday 24 December 2026')
  expect(plain(speakFull({ date: '2026-12-24', time: '17:00', time_zone: 'Europe/Berlin' }, reader))).toBe(
    'Thursday 24 December 2026, 17:00 Europe/Berlin',
  )
})

test.each([
  [-5000, 'now'],
  [0, 'now'],
  [59_999, 'now'],
  [60_000, '1 min ago'],
  [59 * 60_000, '59 min ago'],
  [3_600_000, '1 hr ago'],
  [23.5 * 3_600_000, '23 hr ago'],
  [24 * 3_600_000, 'yesterday'],
  [3 * 86_400_000, '3 days ago'],
  [6 * 86_400_000, '6 days ago'],
  [7 * 86_400_000, '2 Dec'],
  [400 * 86_400_000, '4 Nov 2025'],
])('%d ms ago is %s', (passed, words) => {
  expect(ago(new Date(now - passed).toISOString(), reader)).toBe(words)
})

test('an instant is told in full in the reader’s zone', () => {
  const at = '2026-12-09T23:30:00.000Z'
  expect(plain(speakInstant(at, reader))).toBe('Thursday 10 December 2026 at 00:30')
  expect(plain(speakInstant(at, { zone: 'UTC', locale: 'en-GB' }))).toBe('Wednesday 9 December 2026 at 23:30')
})

describe('overdue', () => {
  const open = (due: Parameters<typeof speak>[0] | null) => ({ due, completed_at: null })

  test('is what is past, not what is done or has no date', () => {
    expect(isOverdue(open({ date: '2026-12-08' }), 'Europe/Berlin', now)).toBe(true)
    expect(isOverdue(open({ date: '2026-12-09' }), 'Europe/Berlin', now)).toBe(false)
    expect(isOverdue(open({ date: '2026-12-09', time: '11:59' }), 'Europe/Berlin', now)).toBe(true)
    expect(isOverdue(open({ date: '2026-12-09', time: '12:00' }), 'Europe/Berlin', now)).toBe(false)
    expect(isOverdue(open(null), 'Europe/Berlin', now)).toBe(false)
    expect(isOverdue({ due: { date: '2026-01-01' }, completed_at: '2026-02-01T00:00:00Z' }, 'UTC', now)).toBe(false)
    expect(isOverdue(open({ date: 'someday' }), 'UTC', now)).toBe(false)
  })

  test('is told by the reader’s clock for what floats, by its own for what has a zone', () => {
    const late = Date.UTC(2026, 11, 9, 23, 30) // the 10th in Berlin
    expect(isOverdue(open({ date: '2026-12-09' }), 'Europe/Berlin', late)).toBe(true)
    expect(isOverdue(open({ date: '2026-12-09' }), 'America/New_York', late)).toBe(false)
    const berlin = { date: '2026-12-09', time_zone: 'Europe/Berlin' }
    for (const zone of zones) expect(isOverdue(open(berlin), zone, late)).toBe(true)
  })

  test('begins right after the moment from which on it is past', () => {
    const date = fc.integer({ min: 0, max: 4000 }).map((n) => addDays('2020-01-01', n))
    const time = fc.constantFrom(null, '00:00', '02:30', '17:00', '23:59')
    fc.assert(
      fc.property(date, time, fc.constantFrom(...zones), fc.constantFrom(...zones), (date, time, time_zone, mine) => {
        const due = { date, time, time_zone }
        const past = pastFrom(due)!
        expect(isOverdue(open(due), mine, past)).toBe(false)
        expect(isOverdue(open(due), mine, past + 1)).toBe(true)
      }),
    )
  })
})

test('a day within the week is never told as another of it', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('1990-01-01', n))
  fc.assert(
    fc.property(day, (today) => {
      const words = Array.from({ length: 8 }, (_, n) => speakDay(addDays(today, n - 1), 'en-GB', today))
      expect(new Set(words).size).toBe(8)
      expect(daysBetween(today, addDays(today, 6))).toBe(6)
    }),
  )
})
