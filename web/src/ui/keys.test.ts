import { ariaKeys, chordOf, keySigns } from './keys'

function press(key: string, more: KeyboardEventInit & { altGr?: boolean } = {}): KeyboardEvent {
  return new KeyboardEvent('keydown', { key, modifierAltGraph: more.altGr, ...more })
}

describe('chordOf', () => {
  it.each([
    ['a letter', press('c', { code: 'KeyC' }), 'c'],
    ['a letter with shift', press('C', { shiftKey: true }), 'shift+c'],
    ['a sign that needs shift somewhere', press('?', { shiftKey: true, code: 'Slash' }), '?'],
    ['a key with a name', press('Enter', { shiftKey: true }), 'shift+enter'],
    ['the space bar', press(' '), 'space'],
    ['control as mod', press('k', { ctrlKey: true }), 'mod+k'],
    ['a Cyrillic letter by its place', press('с', { code: 'KeyC' }), 'c'],
    ['a letter of another Latin layout by what it writes', press('q', { code: 'KeyA' }), 'q'],
    ['AltGr writing a sign', press('@', { ctrlKey: true, altKey: true, altGr: true }), '@'],
  ])('reads %s', (_, event, chord) => expect(chordOf(event, false)).toBe(chord))

  it('takes ⌘ for mod on a Mac, and Alt with what it writes by place', () => {
    expect(chordOf(press('k', { metaKey: true }), true)).toBe('mod+k')
    expect(chordOf(press('k', { ctrlKey: true }), true)).toBe('ctrl+k')
    expect(chordOf(press('ß', { altKey: true, code: 'KeyS' }), true)).toBe('alt+s')
  })

  it.each([
    ['a word being composed', press('k', { isComposing: true })],
    ['a modifier alone', press('Shift', { shiftKey: true })],
    ['a dead key', press('Dead')],
  ])('reads nothing in %s', (_, event) => expect(chordOf(event, false)).toBeUndefined())
})

it('prints keys as the keyboard at hand does', () => {
  expect(keySigns('mod+shift+k', true)).toEqual([['⌘', '⇧', 'K']])
  expect(keySigns('mod+shift+k', false)).toEqual([['Ctrl', 'Shift', 'K']])
  expect(keySigns('g m', false)).toEqual([['G'], ['M']])
  expect(keySigns('mod++', false)).toEqual([['Ctrl', '+']])
})

it('tells assistive technology chords, not sequences', () => {
  expect(ariaKeys('mod+k', false)).toBe('Control+k')
  expect(ariaKeys('g m', false)).toBeUndefined()
})
