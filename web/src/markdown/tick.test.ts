import fc from 'fast-check'
import { tasksOf } from './parse'
import { tick } from './tick'

describe('tick', () => {
  test.each([
    ['- [ ] a', 0, true, '- [x] a'],
    ['- [x] a', 0, false, '- [ ] a'],
    ['- [X] a', 0, false, '- [ ] a'],
    ['- [X] a', 0, true, '- [X] a'],
    ['1. [ ] a\n2. [ ] b', 1, true, '1. [ ] a\n2. [x] b'],
    ['- [ ] a\n  - [ ] b\n    + [ ] c', 2, true, '- [ ] a\n  - [ ] b\n    + [x] c'],
    ['> - [ ] a\n> - [ ] b', 1, true, '> - [ ] a\n> - [x] b'],
    ['- > 1) [ ] a', 0, true, '- > 1) [x] a'],
    ['```\n- [ ] no\n```\n- [ ] yes', 0, true, '```\n- [ ] no\n```\n- [x] yes'],
    ['    - [ ] no\n\n- [ ] yes', 0, true, '    - [ ] no\n\n- [x] yes'],
    ['`- [ ] no`\n\n* [ ] yes', 0, true, '`- [ ] no`\n\n* [x] yes'],
    ['[ ] no\n\n- [ ] yes', 0, true, '[ ] no\n\n- [x] yes'],
    ['- [ ]no\n- [ ] yes', 0, true, '- [ ]no\n- [x] yes'],
    ['- a [ ] no\n- [ ] yes', 0, true, '- a [ ] no\n- [x] yes'],
    ['- [ ] a\r\n- [ ] b\r\n', 1, true, '- [ ] a\r\n- [x] b\r\n'],
    ['a\r\r\n\r\n- [ ] b  \r\nc', 0, true, 'a\r\r\n\r\n- [x] b  \r\nc'],
    ['-\t[ ]\ta\t', 0, true, '-\t[x]\ta\t'],
    ['- [ ] [ ] a [ ] b', 0, true, '- [x] [ ] a [ ] b'],
    ['- \u0000[ ] no\n- [ ] y\u0000s', 0, true, '- \u0000[ ] no\n- [x] y\u0000s'],
    ['- a', 0, true, '- a'],
    ['- [ ] a', 7, true, '- [ ] a'],
    ['- [ ] a', -1, true, '- [ ] a'],
    ['[x]: http://a.b\n\n- [x] c', 0, false, '[x]: http://a.b\n\n- [ ] c'],
  ])('%j, box %i to %s', (source, index, checked, expected) => {
    expect(tick(source, index, checked)).toBe(expected)
  })

  const bit = fc.constantFrom(
    ...['- ', '* ', '1. ', '> ', '  ', '    ', '\t', '[ ] ', '[x] ', '[X]\t', '\n', '\r\n', '\r', '\n\n', '```\n', '`'],
    ...[
      'a',
      '**b**',
      '[ ]',
      '|',
      '|-|\n',
      '# ',
      '---\n',
      '\u0000',
      '\u00a0',
      '\ufeff',
      '🙂',
      '<!-- ',
      '[x]: /u\n',
      '\\',
    ],
  )
  const text = fc.array(bit, { maxLength: 40 }).map((bits) => bits.join(''))

  test('changes one character between brackets and nothing else', () => {
    fc.assert(
      fc.property(text, fc.nat(6), fc.boolean(), (source, index, checked) => {
        const before = tasksOf(source)
        const after = tick(source, index, checked)
        if (!before[index] || before[index].checked === checked) return after === source
        const at =
          Array.from({ length: source.length }, (_, i) => i).find(
            (i) => source.charCodeAt(i) !== after.charCodeAt(i),
          ) ?? -1
        expect(after.length).toBe(source.length)
        expect(after.slice(0, at) + after.slice(at + 1)).toBe(source.slice(0, at) + source.slice(at + 1))
        expect(after.slice(at - 1, at + 2)).toBe(checked ? '[x]' : '[ ]')
        expect(tasksOf(after).map((task) => task.checked)).toEqual(
          before.map((task, i) => (i === index ? checked : task.checked)),
        )
        return true
      }),
      { numRuns: 3000 },
    )
  })
})
