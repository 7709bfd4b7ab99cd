import fc from 'fast-check'

import { differences } from './differences'

const side = (from: string, to: string, without: 'gone' | 'new') =>
  differences(from, to)
    .filter((p) => p.kind !== without)
    .map((p) => p.text)
    .join('')

test('tells what went and what came, by words', () => {
  expect(differences('Call the harbour today', 'Call the old harbour')).toEqual([
    { kind: 'same', text: 'Call the ' },
    { kind: 'new', text: 'old ' },
    { kind: 'same', text: 'harbour' },
    { kind: 'gone', text: ' today' },
  ])
})

test('equal texts have no differences', () => {
  expect(differences('As it was.', 'As it was.')).toEqual([{ kind: 'same', text: 'As it was.' }])
  expect(differences('', '')).toEqual([])
})

test('each side holds the whole of its text, whatever the texts are', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '\n', 'ä', '.', '👍'), { maxLength: 30 })
    .map((all) => all.join(''))
  fc.assert(
    fc.property(text, text, (from, to) => {
      expect(side(from, to, 'new')).toBe(from)
      expect(side(from, to, 'gone')).toBe(to)
    }),
  )
})

test('texts too long to compare word by word are shown as replaced', () => {
  const from = Array.from({ length: 1500 }, (_, i) => `a${i}`).join(' ')
  const to = Array.from({ length: 1500 }, (_, i) => `b${i}`).join('_')
  expect(differences(from, to).map((p) => p.kind)).toEqual(['gone', 'new'])
})
