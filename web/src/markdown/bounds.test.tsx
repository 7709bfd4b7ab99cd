import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { fireEvent, render } from '@testing-library/react'
import { makeReader, parse } from './parse'
import Rendered from './Rendered'
import { treeOf, type Part } from './tree'

i18n.loadAndActivate({ locale: 'en', messages: {} })

function filled(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
}

// Each is known to have made some reader of Markdown take the square of its length.
const hard: Record<string, (length: number) => string> = {
  quotes: (n) => filled('> ', n),
  bareQuotes: (n) => filled('>', n),
  lists: (n) => filled('- ', n),
  numbers: (n) => filled('1. ', n),
  openBrackets: (n) => filled('[', n),
  brackets: (n) => filled('[', n / 2) + filled(']', n / 2),
  pictures: (n) => filled('![', n),
  links: (n) => filled('[a](', n),
  parentheses: (n) => '[a](' + filled('(', n),
  stars: (n) => filled('*', n),
  openStars: (n) => filled('*a ', n),
  mixedStars: (n) => filled('*a_ ', n),
  doubleStars: (n) => filled('a**b', n),
  nestedStars: (n) => filled('*a **a ', n / 2) + filled('a** a* ', n / 2),
  strikes: (n) => filled('~~a ', n),
  ticks: (n) => Array.from({ length: Math.sqrt(2 * n) }, (_, i) => 'e' + '`'.repeat(i)).join(''),
  angles: (n) => filled('<', n),
  tags: (n) => filled('<a ', n),
  comments: (n) => filled('<!-- ', n),
  sections: (n) => filled('<![CDATA[', n),
  entities: (n) => filled('&', n),
  backslashes: (n) => filled('\\', n),
  addresses: (n) => filled('http://', n),
  mails: (n) => filled('a@', n),
  rows: (n) => '|a|b|\n|-|-|\n' + filled('|\n', n),
  references: (n) => filled('[a]: b\n', n),
  usedReferences: (n) => '[a]: b\n\n' + filled('[a]', n),
  unusedReferences: (n) => filled('[a][b]', n),
  fences: (n) => filled('```\n', n),
  blanks: (n) => 'a' + filled(' ', n) + 'b',
  lines: (n) => filled('a\n', n),
  prose: (n) => filled('Hello **world** and `code` [a](http://b.c).\n\n- [ ] item\n', n),
}

// Counts how often any rule of the reader is asked.
function stepsOf(source: string): number {
  const reader = makeReader()
  let steps = 0
  const counted =
    <Args extends unknown[], Result>(rule: (...args: Args) => Result) =>
    (...args: Args): Result => {
      steps++
      return rule(...args)
    }
  for (const ruler of [reader.block.ruler, reader.inline.ruler, reader.inline.ruler2] as const) {
    const chains = (ruler as unknown as { __rules__: { name: string; fn: (...args: unknown[]) => unknown }[] })
      .__rules__
    for (const rule of chains) rule.fn = counted(rule.fn)
    ruler.enable([])
  }
  reader.parse(source, {})
  return steps
}

test('the count counts', () => {
  expect(stepsOf('**a** b')).toBeGreaterThan(5)
})

test.each(Object.keys(hard))('twice as many %s take at most about twice as many steps', (name) => {
  const text = hard[name]!
  const half = stepsOf(text(20_000))
  const whole = stepsOf(text(40_000))
  expect(whole).toBeLessThan(2.2 * half + 2000)
  expect(half).toBeLessThan(20_000 * 60)
})

test.each(Object.keys(hard))('500,000 bytes of %s are read, and never too deep to draw', (name) => {
  expect(heightOf(treeOf(parse(hard[name]!(500_000))))).toBeLessThan(140)
})

function heightOf(parts: Part[]): number {
  return parts.reduce((most, part) => Math.max(most, 1 + heightOf(part.parts)), 0)
}

function show(source: string) {
  return render(
    <I18nProvider i18n={i18n}>
      <Rendered source={source} />
    </I18nProvider>,
  ).container
}

test('a very long text is drawn by and by', () => {
  const page = show(filled('a\n\n', 60_000))
  const first = page.querySelectorAll('p').length
  expect(first).toBeLessThan(2500)
  fireEvent.click(page.querySelector('button')!)
  expect(page.querySelectorAll('p').length).toBeGreaterThan(first)
})

test('a block of too many parts is shown as it was written', () => {
  const source = filled('*a* ', 100_000).trim()
  const page = show(source)
  expect(page.querySelectorAll('*').length).toBeLessThan(10)
  expect(page.textContent).toBe(source)
})

test('what is nested too deep is shown as it was written, and none of it is lost', () => {
  const page = show(filled('> ', 200) + 'words')
  expect(page.textContent).toContain('words')
  expect(page.querySelectorAll('blockquote').length).toBeLessThan(40)
})
