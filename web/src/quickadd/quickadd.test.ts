import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { completionAt, parse, parseWhen, readingLocale, type Known } from '.'

const known: Known = {
  now: Date.parse('2026-11-25T10:00:00Z'), // a Wednesday
  zone: 'Europe/Berlin',
  locale: 'en-GB',
  me: 'u1',
  members: [
    { id: 'u1', name: 'Ada Lovelace' },
    { id: 'u2', name: 'Grace Hopper' },
    { id: 'u3', name: 'Zoë Grün' },
  ],
  labels: [
    { id: 'l1', name: 'finance' },
    { id: 'l2', name: 'next year' },
  ],
  projects: [{ id: 'p1', name: 'Website', key: 'WEB' }],
  statuses: [
    { id: 's1', name: 'To do' },
    { id: 's2', name: 'In progress' },
  ],
}
const read = (line: string, more: Partial<Known> = {}, refused: string[] = []) => {
  const { title, chips } = parse(line, { ...known, ...more }, new Set(refused))
  return [title, Object.fromEntries(chips.map((c) => [c.kind, c.value]))]
}
const day = (date: string, time: string | null = null) => ({ date, time, time_zone: time ? 'Europe/Berlin' : null })

describe('a line of quick add', () => {
  it('reads all properties', () => {
    expect(read('Send report tomorrow 5pm !high #finance @grace +WEB ~2h')).toEqual([
      'Send report',
      {
        due: day('2026-11-26', '17:00'),
        priority: 2,
        label: 'l1',
        assignee: 'u2',
        project: 'p1',
        estimate: { amount: 120, unit: 'minutes' },
      },
    ])
    expect(read('Call @me !1 #"next year"')).toEqual(['Call', { assignee: 'u1', priority: 1, label: 'l2' }])
    expect(read('Ask @zoe')).toEqual(['Ask', { assignee: 'u3' }])
  })

  it.each([
    ['pay friday', day('2026-11-27')],
    ['pay in 3 days', day('2026-11-28')],
    ['pay 24 dec', day('2026-12-24')],
    ['pay 2027-01-05 09:30', day('2027-01-05', '09:30')],
    ['pay today+7', day('2026-12-02')],
    ['pay 24.12.', day('2026-12-24')],
    ['pay at 9:00', day('2026-11-26', '09:00')],
    ['pay 2026-12-24 5pm', day('2026-12-24', '17:00')],
    ['pay today+7 5pm', day('2026-12-02', '17:00')],
    ['pay 24.12. 17h', day('2026-12-24', '17:00')],
    ['pay 24.12. at 5:30 pm', day('2026-12-24', '17:30')],
    ['pay 2026-12-24, 12am', day('2026-12-24', '00:00')],
    ['pay at 17:00', day('2026-11-25', '17:00')],
  ])('reads the date of %s', (line, due) => expect(read(line)).toEqual(['pay', { due }]))

  it.each([
    ['zahlen morgen um 17 Uhr', day('2026-11-26', '17:00')],
    ['zahlen Freitag', day('2026-11-27')],
    ['zahlen in 3 Tagen', day('2026-11-28')],
  ])('reads German in German: %s', (line, due) => expect(read(line, { locale: 'de' })).toEqual(['zahlen', { due }]))

  it('reads 12/24 by the order of the language', () => {
    expect(read('pay 12/24', { locale: 'en-US' })).toEqual(['pay', { due: day('2026-12-24') }])
    expect(read('pay 12/24', { locale: 'en-PH' })).toEqual(['pay', { due: day('2026-12-24') }])
    expect(read('pay 5/12', { locale: 'en-AU' })).toEqual(['pay', { due: day('2026-12-05') }])
    expect(readingLocale('en', 'en-AU')).toBe('en-AU')
    expect(readingLocale('de', 'en-US')).toBe('de')
    expect(read('pay 5/12')).toEqual(['pay', { due: day('2026-12-05') }])
  })

  it('reads what repeats', () => {
    expect(read('water every friday')).toEqual([
      'water',
      { recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=FR', first: '2026-11-27', time: null } },
    ])
    expect(read('water every 2 weeks')).toEqual([
      'water',
      { recurrence: { rrule: 'FREQ=WEEKLY;INTERVAL=2', first: '2026-11-25', time: null } },
    ])
    expect(read('gießen jeden Montag', { locale: 'de' })).toEqual([
      'gießen',
      { recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=MO', first: '2026-11-30', time: null } },
    ])
  })

  it('gives the first day of what repeats its time, and names no second day', () => {
    const recurrence = { rrule: 'FREQ=WEEKLY;BYDAY=FR', first: '2026-11-27', time: '17:00' }
    expect(read('water every friday 5pm')).toEqual(['water', { recurrence }])
    expect(read('water every friday at 17:00')).toEqual(['water', { recurrence }])
    expect(read('5pm water every friday')).toEqual([
      'water',
      { due: day('2026-11-27', '17:00'), recurrence: { ...recurrence, time: null } },
    ])
    expect(read('water every friday 5pm', {}, ['every friday 5pm'])).toEqual(['water every friday 5pm', {}])
  })

  it('takes the beginning of a name that is nobody else’s', () => {
    expect(read('Ask @gra #fin')).toEqual(['Ask', { assignee: 'u2', label: 'l1' }])
    expect(read('Ask @g')).toEqual(['Ask @g', {}])
    const members = [
      { id: 'u1', name: 'Anna Berg' },
      { id: 'u2', name: 'Anton Dahl' },
    ]
    expect(read('Ask @an', { members })).toEqual(['Ask @an', {}])
  })

  it('knows the statuses of the project, and its unit of estimates', () => {
    expect(read('Paint /in')).toEqual(['Paint', { status: 's2' }])
    expect(read('Paint /"to do"')).toEqual(['Paint', { status: 's1' }])
    expect(read('Clean /tmp and/or /etc/hosts')).toEqual(['Clean /tmp and/or /etc/hosts', {}])
    expect(read('Paint ~3p', { estimates: 'minutes' })).toEqual(['Paint ~3p', {}])
    expect(read('Paint ~3p', { estimates: 'points' })).toEqual(['Paint', { estimate: { amount: 3, unit: 'points' } }])
  })

  it.each([
    'Fix issue #12',
    'Learn C# and F#',
    'Say "tomorrow #finance" aloud',
    'Read https://example.com/2026-12-24/#finance',
    'Write to grace@example.com',
    'Run `sleep 5 @grace`',
    'Ask @nobody about #nothing +NONE !now',
    'May I have sun cream',
    'It was nice two days ago',
    'Version 1.2.3 of it',
  ])('leaves alone: %s', (line) => expect(read(line)).toEqual([line, {}]))

  it('leaves what was refused in the title', () => {
    expect(read('Send report tomorrow #finance', {}, ['tomorrow'])).toEqual(['Send report tomorrow', { label: 'l1' }])
    expect(read('Send report #finance', {}, ['#finance'])).toEqual(['Send report #finance', {}])
  })

  it('takes one of a kind, the others stay text', () => {
    expect(read('pay !high !low tomorrow friday')).toEqual(['pay !low friday', { priority: 2, due: day('2026-11-26') }])
  })

  it('loses no word', () => {
    const words = fc.constantFrom(
      'pay',
      'tomorrow',
      '5pm',
      '!high',
      '#finance',
      '@grace',
      '+WEB',
      '"a b"',
      '~3p',
      'in',
      '3',
      'days',
      'every',
      'friday',
      'ö',
      '🎉',
      '#',
      '24.12.',
      '17h',
      '/in',
      '@gra',
      ',',
    )
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        const line = parts.join(' ')
        const { title, chips } = parse(line, known)
        const kept = [title, ...chips.map((c) => c.text)].join(' ')
        const letters = (s: string) => [...s.replace(/\s/gu, '')].sort().join('')
        expect(letters(kept)).toBe(letters(line))
        for (const c of chips) expect(line.slice(c.from, c.to)).toBe(c.text)
      }),
    )
  })

  it('knows what is being named at the caret', () => {
    expect(completionAt('Send #fin', 9)).toEqual({ kind: 'label', query: 'fin', from: 5, to: 9 })
    expect(completionAt('Send #"next y', 13)).toEqual({ kind: 'label', query: 'next y', from: 5, to: 13 })
    expect(completionAt('Send @', 6)).toEqual({ kind: 'assignee', query: '', from: 5, to: 6 })
    expect(completionAt('Pay !high #finance @', 20)).toEqual({ kind: 'assignee', query: '', from: 19, to: 20 })
    expect(completionAt('a@b', 3)).toBeUndefined()
    expect(completionAt('Send #fin now', 13)).toBeUndefined()
  })
})

it('reads a date alone, and nothing else', () => {
  expect(parseWhen('fri', known)).toEqual(day('2026-11-27'))
  expect(parseWhen('tomorrow 5pm', known)).toEqual(day('2026-11-26', '17:00'))
  expect(parseWhen('buy milk tomorrow', known)).toBeUndefined()
  expect(parseWhen('', known)).toBeUndefined()
})
