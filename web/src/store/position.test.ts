import fc from 'fast-check'

import { between, placed } from './position'

test('a position is between its neighbors, however crowded it gets', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(), fc.constantFrom('after', 'before', 'first', 'last')), { maxLength: 200 }),
      (steps) => {
        const list: { id: string; at: string }[] = []
        steps.forEach(([n, where], i) => {
          const beside = list[n % Math.max(list.length, 1)]
          const place =
            !beside || where === 'first' || where === 'last'
              ? where === 'first'
                ? 'first'
                : 'last'
              : { [where]: beside.id }
          const at = placed(list, `new-${i}`, place)!
          const index =
            place === 'first' ? 0 : place === 'last' ? list.length : list.indexOf(beside!) + (where === 'after' ? 1 : 0)
          list.splice(index, 0, { id: `new-${i}`, at })
        })
        const sorted = list.map((o) => o.at)
        expect(sorted).toEqual(sorted.toSorted())
        expect(new Set(sorted).size).toBe(sorted.length)
      },
    ),
  )
})

test('positions are those of the server', () => {
  expect(between(undefined, undefined)).toBe('4000000000000')
  expect(between('4000000000000', undefined)).toBe('4000004000000')
  expect(between(undefined, '4000000000000')).toBe('3vvvvvs000000')
  expect(between('4000000000000', '4000004000000')).toBe('4000002000000')
})

test('a place beside what is not in the list is none', () => {
  expect(placed([{ id: 'a', at: '4000000000000' }], 'b', { after: 'x' })).toBeUndefined()
})
