import { makeTestStore } from '../testStore'
import { bound, instantOf, pastFrom, today, wallClock } from '../../dates/days'
import { titleKey } from './letters'
import { foundIn, termsOf } from './terms'
import { eachWord } from './words'

function words(text: string): string[] {
  const out: string[] = []
  eachWord(text, (w) => out.push(w) > 0)
  return out
}

test('words have neither case nor accents, and scripts without spaces give pairs', () => {
  expect(words('Ärger mit ÉCLAIRS, Straße')).toEqual(['arger', 'mit', 'eclairs', 'strasse'])
  expect(words('東京都')).toEqual(['東京', '京都', '都'])
  expect(words('йод ёлка')).toEqual(['йод', 'елка'])
  expect(words("it's **bold**")).toEqual(['it', 's', 'bold'])
})

test('the last word that is typed may go on', () => {
  expect(termsOf('paint the pi')).toEqual([
    { word: 'paint', prefix: false },
    { word: 'the', prefix: false },
    { word: 'pi', prefix: true },
  ])
  expect(foundIn('The PIER, painted', termsOf('the pi'))).toBe(3)
  expect(foundIn('A pier', termsOf('ier'))).toBe(0)
})

test('days begin and end by the clocks of their zone', () => {
  expect(new Date(instantOf('Europe/Berlin', Date.UTC(2026, 2, 29))).toISOString()).toBe('2026-03-28T23:00:00.000Z')
  expect(new Date(instantOf('Europe/Berlin', Date.UTC(2026, 2, 30))).toISOString()).toBe('2026-03-29T22:00:00.000Z')
  expect(today('Pacific/Apia', Date.UTC(2026, 0, 1, 12))).toBe('2026-01-02')
  expect(wallClock('Asia/Kathmandu', Date.UTC(2026, 0, 1))).toBe(Date.UTC(2026, 0, 1, 5, 45))
  expect(bound('today+1', 'America/New_York', Date.UTC(2026, 0, 1, 3))).toMatchObject({
    date: '2026-01-01',
    at: '2026-01-01T05:00:00.000Z',
  })
  expect(pastFrom({ date: '2026-10-25', time_zone: 'Europe/Berlin' })).toBe(Date.UTC(2026, 9, 25, 23) - 1)
  expect(() => bound('someday', 'UTC', 0)).toThrow()
})

test('titles sort by small letters, cut where a letter ends', () => {
  expect(titleKey('  Äh ')).toBe('äh')
  expect(titleKey('ä'.repeat(40))).toBe('ä'.repeat(32))
  expect(titleKey('aä'.repeat(40))).toHaveLength(43)
})

test('a filter that means nothing is an error, as the server makes it one', () => {
  const { memory } = makeTestStore()
  expect(() => memory.queries.get({ filter: { field: 'title', op: 'eq', value: 'x' } })).toThrow()
  expect(() => memory.queries.get({ filter: { field: 'due', op: 'before', value: 'soon' } })).toThrow()
})
