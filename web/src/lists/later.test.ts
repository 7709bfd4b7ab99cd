import { expect, it } from 'vitest'

import { isTomorrow, laterPatch } from './later'

const due = (date: string, time: string | null = null) => ({ date, time, time_zone: time && 'Europe/Berlin' })

it('puts off until tomorrow what is not due later than today', () => {
  for (const now of [null, due('2026-03-01'), due('2026-03-14')])
    expect(laterPatch({ due: now }, '2026-03-14')).toMatchObject({ due: { date: '2026-03-15' } })
  expect(laterPatch({ due: due('2026-03-14', '17:00') }, '2026-03-14')).toEqual({ due: due('2026-03-15', '17:00') })
  expect(isTomorrow({ due: due('2026-03-14') }, '2026-03-14')).toBe(true)
})

it('puts off by a week what is due tomorrow or later', () => {
  expect(laterPatch({ due: due('2026-03-15') }, '2026-03-14')).toMatchObject({ due: { date: '2026-03-22' } })
  expect(isTomorrow({ due: due('2026-03-15') }, '2026-03-14')).toBe(false)
})
