import fc from 'fast-check'
import { applied, codeBlock, makeLink, pasteOver, toggleMarks, type Doc } from './edits'
import { continueLine, indentLines, toggleLines, type LineKind } from './lines'

// A text with its selection between bars; one bar is a caret.
function doc(marked: string): Doc {
  const start = marked.indexOf('|')
  const end = marked.lastIndexOf('|')
  const text = marked.replace(/\|/g, '')
  return { text, start, end: end > start ? end - 1 : start }
}
function marked({ text, start, end }: Doc): string {
  return start === end
    ? `${text.slice(0, start)}|${text.slice(start)}`
    : `${text.slice(0, start)}|${text.slice(start, end)}|${text.slice(end)}`
}

describe('marks around words', () => {
  test.each([
    ['a |b| c', '**', 'a **|b|** c'],
    ['a **|b|** c', '**', 'a |b| c'],
    ['a |**b**| c', '**', 'a |b| c'],
    ['a |', '**', 'a **|**'],
    ['a **|**', '**', 'a |'],
    ['|b |c', '**', '**|b|** c'],
    ['**|b|**', '*', '***|b|***'],
    ['***|b|***', '*', '**|b|**'],
    ['***|b|***', '**', '*|b|*'],
    ['*|b|*', '**', '***|b|***'],
    ['|x|', '`', '`|x|`'],
    ['~~|x|~~', '~~', '|x|'],
  ])('%s with %s', (before, mark, after) => {
    const was = doc(before)
    expect(marked(applied(was, toggleMarks(was, mark)))).toBe(after)
  })
})

describe('links', () => {
  test.each([
    ['see |this|', 'see [this](|https://|)'],
    ['see |https://a.b|', 'see [|](https://a.b)'],
    ['|', '[](|https://|)'],
  ])('%s', (before, after) => {
    const was = doc(before)
    expect(marked(applied(was, makeLink(was)))).toBe(after)
  })
  test('an address pasted over words makes them a link', () => {
    const was = doc('see |this|')
    expect(marked(applied(was, pasteOver(was, ' https://a.b/c_(d) ')!))).toBe('see [this](<https://a.b/c_(d)>)|')
  })
  test.each([
    ['see |', 'https://a.b'],
    ['see |this|', 'words'],
    ['see |this|', 'javascript:alert(1)'],
    ['see |https://c.d|', 'https://a.b'],
    ['|a\nb|', 'https://a.b'],
  ])('%s with %s pasted is an ordinary paste', (before, pasted) => {
    expect(pasteOver(doc(before), pasted)).toBeUndefined()
  })
})

test('a code block has fences that its words cannot end', () => {
  const was = doc('x |a ``` b| y')
  expect(marked(applied(was, codeBlock(was)))).toBe('x \n````\n|a ``` b|\n````\n y')
})

describe('lines', () => {
  test.each<[string, LineKind, string]>([
    ['a|b', 'bullets', '- a|b'],
    ['- a|b', 'bullets', 'a|b'],
    ['|a\nb|', 'numbers', '|1. a\n2. b|'],
    ['|1. a\n2. b|', 'tasks', '|- [ ] a\n- [ ] b|'],
    ['|- [ ] a\n- [x] b|', 'tasks', '|a\nb|'],
    ['|- [x] a|', 'bullets', '|- a|'],
    ['|- a\n- b|', 'numbers', '|1. a\n2. b|'],
    ['  - a|', 'tasks', '  - [ ] a|'],
    ['a|', 'quote', '> a|'],
    ['> a|', 'quote', 'a|'],
    ['a|', 'heading', '## a|'],
    ['# a|', 'heading', 'a|'],
    ['|a\n\nb|', 'bullets', '|- a\n\n- b|'],
    ['|', 'tasks', '- [ ] |'],
    ['|a\n|b', 'bullets', '|- a|\nb'],
  ])('%j as %s', (before, kind, after) => {
    const was = doc(before)
    expect(marked(applied(was, toggleLines(was, kind)))).toBe(after)
  })

  test.each([
    ['- a|', '- a\n- |'],
    ['- [x] a|b', '- [x] a\n- [ ] |b'],
    ['9. a|', '9. a\n10. |'],
    ['  * a|', '  * a\n  * |'],
    ['> a|', '> a\n> |'],
    ['> - a|', '> - a\n> - |'],
    ['- a\n- |', '- a\n|'],
    ['- a\n  - |', '- a\n- |'],
    ['> - a\n> - |', '> - a\n> |'],
    ['> a\n> |', '> a\n|'],
  ])('Enter in %j', (before, after) => {
    const was = doc(before)
    expect(marked(applied(was, continueLine(was)!))).toBe(after)
  })
  test.each(['a|', '-|', '-a|', '|- a', '|- a|', '```\n- a|\n```', '1 a|', '**a**|', '---|'])(
    'Enter in %j is a plain one',
    (before) => {
      expect(continueLine(doc(before))).toBeUndefined()
    },
  )

  test.each([
    ['- a\n- b|', false, '- a\n  - b|'],
    ['- a\n  - b|', true, '- a\n- b|'],
    ['1. a|', false, '   1. a|'],
    ['|- a\n- b|', false, '|  - a\n  - b|'],
    ['- a|', true, '- a|'],
    ['\t- a|', true, '- a|'],
  ])('Tab in %j, back %s', (before, out, after) => {
    const was = doc(before)
    expect(marked(applied(was, indentLines(was, out)!))).toBe(after)
  })
  test('Tab outside of lists is not taken', () => {
    expect(indentLines(doc('a|'), false)).toBeUndefined()
  })
})

test('what is put on can be taken off, and the text is as it was', () => {
  const words = fc.stringMatching(/^[a-z]{1,5}( [a-z]{1,5}){0,3}$/)
  const kinds = fc.constantFrom<LineKind>('bullets', 'numbers', 'tasks', 'quote', 'heading')
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), kinds, (lines, kind) => {
      const text = lines.join('\n')
      const before = { text, start: 0, end: text.length }
      const on = applied(before, toggleLines(before, kind))
      expect(applied(on, toggleLines(on, kind))).toEqual(before)
    }),
  )
})
