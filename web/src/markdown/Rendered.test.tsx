import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { fireEvent, render, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import Rendered from './Rendered'
import type { MarkdownProps } from './types'

i18n.loadAndActivate({ locale: 'en', messages: {} })
const inEnglish = ({ children }: { children: ReactNode }) => <I18nProvider i18n={i18n}>{children}</I18nProvider>

function show(source: string, around: Omit<MarkdownProps, 'source'> = {}) {
  return render(<Rendered source={source} {...around} />, { wrapper: inEnglish }).container
}

describe('what GitHub-flavoured Markdown has', () => {
  test.each([
    ['# Plan', 'h3', 'Plan'],
    ['###### Small', 'h6', 'Small'],
    ['**bold**', 'strong', 'bold'],
    ['*soft*', 'em', 'soft'],
    ['~~gone~~', 'del', 'gone'],
    ['`code`', 'code', 'code'],
    ['> said', 'blockquote', 'said'],
    ['- one', 'ul > li', 'one'],
    ['3. three', 'ol[start="3"] > li', 'three'],
    ['```js\nlet a\n```', 'pre > code', 'let a'],
    ['|a|b|\n|-|-:|\n|1|2|', 'td.text-end', '2'],
    ['a\n\n---', 'hr', ''],
  ])('%s', (source, selector, words) => {
    expect(show(source).querySelector(selector)?.textContent).toBe(words)
  })

  test('raw HTML is words', () => {
    const page = show('<b onclick="x()">hi</b>')
    expect(page.querySelector('b')).toBeNull()
    expect(page.textContent).toBe('<b onclick="x()">hi</b>')
  })
})

describe('links', () => {
  test.each([
    ['[a](https://example.org/x)', 'https://example.org/x'],
    ['https://example.org/y', 'https://example.org/y'],
    ['<mailto:a@example.org>', 'mailto:a@example.org'],
    ['a@example.org', 'mailto:a@example.org'],
    ['[call](tel:+49123)', 'tel:+49123'],
  ])('%s opens beside the app and tells nothing', (source, href) => {
    const link = show(source).querySelector('a')
    expect(link?.getAttribute('href')).toBe(href)
    expect(link?.rel).toBe('noopener noreferrer nofollow')
    expect(link?.target).toBe('_blank')
  })

  test('into the app are followed in place', () => {
    const navigate = vi.fn()
    const link = show('[here](/acme/t/WEB-1?x=1)', { navigate }).querySelector('a')!
    expect(fireEvent.click(link)).toBe(false)
    expect(navigate).toHaveBeenCalledWith('/acme/t/WEB-1?x=1')
    navigate.mockClear()
    link.addEventListener('click', (event) => event.preventDefault())
    fireEvent.click(link, { ctrlKey: true })
    expect(navigate).not.toHaveBeenCalled()
  })

  test('names of files and versions are no links', () => {
    expect(show('see README.md, v1.2.3 and 10.0.0.1').querySelector('a')).toBeNull()
  })
})

describe('keys of tasks', () => {
  const resolveTask = (key: string) =>
    key === 'WEB-12' ? { href: '/acme/t/WEB-12', title: 'Send report', done: true } : undefined

  test('become links where there is such a task', () => {
    const page = show('WEB-12, (WEB-12) and WEB-13', { resolveTask })
    expect([...page.querySelectorAll('a')].map((a) => [a.textContent, a.title])).toEqual([
      ['WEB-12', 'Send report'],
      ['WEB-12', 'Send report'],
    ])
  })

  test.each(['`WEB-12`', 'XWEB-12', 'WEB-123', 'a/WEB-12', 'WEB-12-3', 'WEB-12é', '```\nWEB-12\n```', '#WEB-12'])(
    'but not in %s',
    (source) => {
      expect(show(source, { resolveTask }).querySelector('a')).toBeNull()
    },
  )

  test('and not within another link', () => {
    const page = show('[see WEB-12](https://example.org)', { resolveTask })
    expect(page.querySelectorAll('a')).toHaveLength(1)
  })
})

describe('mentions', () => {
  test('show the name that the member has today', () => {
    const resolveUser = () => ({ name: 'Ada Byron' })
    expect(show('[@Ada](rung:user/u1) hi', { resolveUser }).querySelector('bdi')?.textContent).toBe('@Ada Byron')
  })
  test('show the name that was written where she is not known', () => {
    const page = show('[@Ada](rung:user/u1)')
    expect(page.querySelector('bdi')?.textContent).toBe('@Ada')
    expect(page.querySelector('a')).toBeNull()
  })
})

describe('pictures and files', () => {
  const resolveFile = (id: string) => (id === 'f1' ? { src: '/files/f1?sig=1', width: 20, height: 10 } : undefined)

  test('are shown from the address that the app was given', async () => {
    const picture = show('![A cat](rung:file/f1)', { resolveFile }).querySelector('img')
    expect(picture?.getAttribute('src')).toBe('/files/f1?sig=1')
    expect(picture?.alt).toBe('A cat')
    expect(picture?.getAttribute('width')).toBe('20')
  })
  test('a promised address is waited for', async () => {
    const page = show('![A cat](rung:file/f1)', { resolveFile: async (id) => resolveFile(id) })
    expect(page.querySelector('img')).toBeNull()
    await waitFor(() => expect(page.querySelector('img')).not.toBeNull())
  })
  test('an address that has run out is asked for once more', () => {
    const ask = vi.fn(resolveFile)
    const page = show('![A cat](rung:file/f1)', { resolveFile: ask })
    fireEvent.error(page.querySelector('img')!)
    expect(ask).toHaveBeenCalledTimes(2)
    fireEvent.error(page.querySelector('img')!)
    expect(page.querySelector('img')).toBeNull()
    expect(page.textContent).toBe('A cat (not available)')
  })
  test('of other hosts are never fetched, but can be followed', () => {
    const page = show('![A cat](https://example.org/cat.png)', { resolveFile })
    expect(page.querySelector('img')).toBeNull()
    expect(page.querySelector('a')?.textContent).toBe('A cat')
  })
  test('that are gone say so', () => {
    expect(show('[plan.pdf](rung:file/f2)', { resolveFile }).textContent).toBe('plan.pdf (not available)')
  })
  test('an address that runs a script is none', () => {
    const page = show('![x](rung:file/f1)', { resolveFile: () => ({ src: 'javascript:alert(1)' }) })
    expect(page.querySelector('img, a')).toBeNull()
  })
})

test('boxes are ticked by their number', () => {
  const onTick = vi.fn()
  const page = show('- [ ] one\n- [x] two\n  1. [ ] **three**', { onTick })
  const boxes = page.querySelectorAll<HTMLInputElement>('input')
  expect([...boxes].map((box) => [box.checked, box.getAttribute('aria-label')])).toEqual([
    [false, 'one'],
    [true, 'two'],
    [false, 'three'],
  ])
  fireEvent.click(boxes[2]!)
  expect(onTick).toHaveBeenCalledWith(2, true, '- [ ] one\n- [x] two\n  1. [x] **three**')
})

test('boxes of one who may not write cannot be ticked', () => {
  expect(show('- [ ] one').querySelector('input')?.disabled).toBe(true)
})

test('marks that turn the reading order around do not', () => {
  expect(show('abc\u202Edef').textContent).toBe('abcdef')
  expect(show('`abc\u202Edef`').textContent).toBe('abc[U+202E]def')
})
