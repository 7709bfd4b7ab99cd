import { dateFormat, fileSize, speakList, speakNumber } from './formats'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test('a formatter is made once for a language and its options', () => {
  const one = dateFormat('en', { weekday: 'long', timeZone: 'UTC' })
  expect(dateFormat('en', { weekday: 'long', timeZone: 'UTC' })).toBe(one)
  expect(dateFormat('de', { weekday: 'long', timeZone: 'UTC' })).not.toBe(one)
  expect(dateFormat('en', { weekday: 'short', timeZone: 'UTC' })).not.toBe(one)
})

test.each([
  [0, 'en', '0 bytes'],
  [1, 'en', '1 byte'],
  [999, 'en', '999 bytes'],
  [1000, 'en', '1 kB'],
  [1234, 'en', '1.2 kB'],
  [9960, 'en', '10 kB'],
  [640_000, 'en', '640 kB'],
  [999_600, 'en', '1 MB'],
  [1_250_000, 'de', '1,3 MB'],
  [26_214_400, 'en', '26 MB'],
  [10_737_418_240, 'de', '11 GB'],
  [5e15, 'en', '5,000 TB'],
  [-5, 'en', '0 bytes'],
])('%d bytes in %s are %s', (bytes, locale, words) => expect(plain(fileSize(bytes, locale))).toBe(words))

test('numbers are grouped as the language does', () => {
  expect(speakNumber(12_500, 'en')).toBe('12,500')
  expect(speakNumber(12_500, 'de')).toBe('12.500')
  expect(plain(speakNumber(0.256, 'de', { style: 'percent' }))).toBe('26 %')
})

test('lists end with their word', () => {
  expect(speakList([], 'en')).toBe('')
  expect(speakList(['Ada'], 'en')).toBe('Ada')
  expect(speakList(['Ada', 'Grace', 'Joan'], 'en-GB')).toBe('Ada, Grace and Joan')
  expect(speakList(['Ada', 'Grace'], 'de', 'disjunction')).toBe('Ada oder Grace')
})
