import { isSlug, slugFrom } from './slug'

test.each([
  ['Café Müller & Co', 'cafe-muller-co'],
  ['  Harbour  ', 'harbour'],
  ['Straße 1', 'strasse-1'],
  ['日本', ''],
  [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
])('%s becomes %s', (name, slug) => {
  expect(slugFrom(name)).toBe(slug)
})

test('an address has 2 to 40 letters, digits and hyphens inside', () => {
  expect(['ab', 'night-school', '42', 'a'.repeat(40)].every(isSlug)).toBe(true)
  expect(['', 'a', '-ab', 'ab-', 'A b', 'a'.repeat(41), 'ä1'].some(isSlug)).toBe(false)
})
