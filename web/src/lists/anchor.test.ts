import { expect, it } from 'vitest'

import { shift } from './anchor'

const offsets = (ids: string) => new Map([...ids].map((id, i) => [id, i * 36]))

it('holds the line that is looked at when others come or go above it', () => {
  expect(shift(offsets('abcdef'), offsets('xyabcdef'), 'd')).toBe(72)
  expect(shift(offsets('abcdef'), offsets('cdef'), 'd')).toBe(-72)
  expect(shift(offsets('abcdef'), offsets('abcdefxy'), 'd')).toBe(0)
})

it('holds its neighbours when the line itself is gone or moves far away', () => {
  expect(shift(offsets('abcdef'), offsets('abcef'), 'd')).toBe(0)
  expect(shift(offsets('abcdefghij'), offsets('dabcefghij'), 'd')).toBe(0)
  expect(shift(offsets('abcdefghij'), offsets('xyabcefghijd'), 'd')).toBe(36)
})

it('does nothing where nothing is looked at', () => {
  expect(shift(offsets('abc'), offsets('xabc'), undefined)).toBe(0)
  expect(shift(offsets('abc'), offsets('xyz'), 'b')).toBe(0)
})
