import { expect, it } from 'vitest'

import { appended, dayWord, linesIn, replaced, wordFor } from './line'
import { defaultsOf } from './newTask'

it('takes from a filter what every task in it has', () => {
  const filter = {
    all: [
      { field: 'assignee', op: 'eq', value: 'me' },
      { field: 'due', op: 'eq', value: 'today+2' },
      { field: 'label', op: 'in', value: ['l1', 'l2'] },
      { any: [{ field: 'priority', op: 'eq', value: 1 }] },
      { field: 'status', op: 'eq', value: 's1' },
    ],
  } as const
  expect(defaultsOf(filter as never, 'ada', '2026-11-25')).toEqual({
    assignees: ['ada'],
    labels: [],
    status: 's1',
    due: { date: '2026-11-27', time: null, time_zone: null },
  })
})

it('writes names so that they are read again', () => {
  expect(wordFor('label', 'finance')).toBe('#finance')
  expect(wordFor('assignee', 'Ada Lovelace')).toBe('@"Ada Lovelace"')
  expect(wordFor('label', '2027')).toBe('#"2027"')
  expect(dayWord({ date: '2026-12-24', time: '17:00' })).toBe('2026-12-24 17:00')
})

it('changes a line without losing a blank or a word', () => {
  expect(replaced('Pay tomorrow now', { from: 4, to: 12 }, 'friday')).toBe('Pay friday now')
  expect(replaced('Pay tomorrow now', { from: 4, to: 12 }, '')).toBe('Pay now')
  expect(appended('Pay ', '!high')).toBe('Pay !high ')
  expect(linesIn('1. One\r\n\n* two\n[x] three')).toEqual(['One', 'two', 'three'])
})
