import { compileMessage } from '@lingui/message-utils/compileMessage'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

import config from '../../lingui.config'
import { locales } from './i18n'

const root = 'src/locales/'
const entries = ['enter', 'app']

/** The messages of a catalog: what the code says and what is said instead. */
function messages(file: string): { source: string; words: string }[] {
  const text = (entry: string, name: string) => {
    const found = new RegExp(`^${name} ((?:".*"\\n?)+)`, 'm').exec(entry)
    const lines = found?.[1]?.trim().split('\n') ?? []
    return lines.map((line) => JSON.parse(line) as string).join('')
  }
  return readFileSync(file, 'utf8')
    .split(/\n\n+/)
    .filter((entry) => !/^#~/m.test(entry))
    .map((entry) => ({ source: text(entry, 'msgid'), words: text(entry, 'msgstr') }))
    .filter(({ source }) => source !== '')
}

/** What a message takes from outside: name, and tags such as <0>. */
function holes(message: string): string[] {
  const found = new Set(message.match(/<\/?\d+\/?>/g))
  const look = (part: unknown) => {
    if (!Array.isArray(part)) return
    const [name, , choices] = part as [string, string?, Record<string, unknown>?]
    found.add(name)
    for (const choice of Object.values(choices ?? {})) if (Array.isArray(choice)) choice.forEach(look)
  }
  const parts: unknown = compileMessage(message)
  if (Array.isArray(parts)) parts.forEach(look)
  return [...found].sort()
}

test('what a message takes is told', () => {
  expect(holes('Hello {name}, <0>look</0>')).toEqual(['</0>', '<0>', 'name'])
  expect(holes('{count, plural, one {task} other {# tasks of {name}}}')).toEqual(['count', 'name'])
  expect(holes('plain')).toEqual([])
})

test('the languages of the code are those whose words are collected, and no others have catalogs', () => {
  expect(config.locales).toEqual([...locales])
  expect(config.catalogs?.map((c) => c.path)).toEqual(entries.map((e) => `src/locales/{locale}/${e}`))
  expect(readdirSync(root).sort()).toEqual([...locales].sort())
})

describe.each(locales.flatMap((locale) => entries.map((entry) => `${locale}/${entry}.po`)))('%s', (name) => {
  test('is there', () => {
    expect(existsSync(root + name)).toBe(true)
  })

  test('keeps what each message takes', () => {
    const wrong = messages(root + name).filter(
      ({ source, words }) => words !== '' && holes(words).join() !== holes(source).join(),
    )
    expect(wrong).toEqual([])
  })

  test('has the messages of the source', () => {
    const sources = (file: string) => messages(file).map((m) => m.source)
    expect(sources(root + name)).toEqual(sources(root + name.replace(/^\w+/, locales[0])))
  })
})
