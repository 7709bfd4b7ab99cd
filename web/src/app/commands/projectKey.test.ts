import { freeKey, keyFrom } from './projectKey'

test.each([
  ['Website', 'WEB'],
  ['Mobile app', 'MA'],
  ['Büro Öffnung', 'BO'],
  ['Q', 'Q'],
  ['3D printing', 'DP'],
  ['One two three four five six', 'OTTFF'],
  ['日本', ''],
  ['', ''],
])('the key for “%s” is %s', (name, key) => {
  expect(keyFrom(name)).toBe(key)
})

test('a key that is taken gets a digit', () => {
  expect(freeKey('WEB', new Set(['WEB', 'WEB2']))).toBe('WEB3')
  expect(freeKey('WEB', new Set())).toBe('WEB')
})
