import { fitOf, fits, ranked } from './rank'

test.each([
  ['website', fits.equal],
  ['WEB', fits.equal], // its key
  ['webs', fits.begins],
  ['site', fits.within],
  ['xyz', 0],
  ['', 0],
  ['  ', 0],
])('“%s” fits Website (WEB) by %i', (typed, fit) => {
  expect(fitOf({ name: 'Website', keywords: 'WEB' }, typed)).toBe(fit)
})

test.each([
  ['new proj', fits.begins],
  ['proj', fits.words],
  ['proj new', fits.words],
  ['go pro', fits.words], // one word is of its group
  ['nepr', fits.short],
  ['np', fits.short],
  ['pn', 0], // not in their order
  ['nt', 0], // no word begins with t
  ['o', 0], // a letter in the middle of a word says too little
])('“%s” fits New project by %i', (typed, fit) => {
  expect(fitOf({ name: 'New project', keywords: 'Go to' }, typed)).toBe(fit)
})

test('letters are compared without case and marks', () => {
  expect(fitOf({ name: 'Zoë Ångström' }, 'zoe angs')).toBe(fits.begins)
})

test('the best fit comes first, then what was looked at last, then the order that was there', () => {
  const items = [
    { id: 'a', name: 'Old board' },
    { id: 'b', name: 'Board of trade' },
    { id: 'c', name: 'Board game' },
    { id: 'd', name: 'Cardboard' },
    { id: 'e', name: 'Garden' },
  ]
  expect(ranked(items, 'board').map((r) => r.item.id)).toEqual(['b', 'c', 'a', 'd'])
  expect(ranked(items, 'board', ['d', 'c']).map((r) => r.item.id)).toEqual(['c', 'b', 'a', 'd'])
})
