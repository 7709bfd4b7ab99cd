import { writeAs, formatLocale } from './formatLocale'
import { chosenLocale, directionOf, i18n, localeNames, localeOf, locales, rememberLocale, speak } from './i18n'

const browser = (...tags: string[]) => vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags)
const silent = () => Promise.resolve({ messages: {} })

beforeEach(() => {
  localStorage.clear()
  writeAs(undefined)
})
afterEach(() => vi.restoreAllMocks())

describe('the language that is spoken', () => {
  test.each([
    [['de-AT', 'en'], 'de'],
    [['fr', 'de'], 'de'],
    [['EN-gb'], 'en'],
    [['fr', 'ja'], 'en'],
    [[], 'en'],
  ])('of a browser that wants %o is %s', (tags, spoken) => {
    browser(...tags)
    expect(chosenLocale()).toBe(spoken)
  })

  test('is the one chosen before, whatever the browser wants', () => {
    browser('en')
    rememberLocale('de')
    expect(chosenLocale()).toBe('de')
  })

  test('is the browser’s when what was remembered is there no more', () => {
    browser('de')
    localStorage.setItem('rung.locale', 'tlh')
    expect(chosenLocale()).toBe('de')
  })

  test('is found and kept as well as it goes where nothing can be stored', () => {
    browser('de')
    const refuse = () => {
      throw new DOMException('no', 'SecurityError')
    }
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse)
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse)
    rememberLocale('en')
    expect(chosenLocale()).toBe('de')
  })

  test('has a name of its own', () => {
    for (const locale of locales) expect(localeNames[locale]).not.toBe('')
    expect(localeOf('de-AT')).toBe('de')
    expect(localeOf('deutsch')).toBeUndefined()
  })
})

describe('the page', () => {
  test('says its language and direction', async () => {
    await speak('de', silent)
    expect(i18n.locale).toBe('de')
    expect(document.documentElement).toMatchObject({ lang: 'de', dir: 'ltr' })
  })

  test('stays as it is when the words do not come', async () => {
    await speak('en', silent)
    await expect(speak('de', () => Promise.reject(new Error('offline')))).rejects.toThrow()
    expect(i18n.locale).toBe('en')
    expect(document.documentElement.lang).toBe('en')
  })

  test.each([
    ['ar', 'rtl'],
    ['he-IL', 'rtl'],
    ['en', 'ltr'],
  ])('in %s is written %s', (locale, direction) => {
    expect(directionOf(locale)).toBe(direction)
  })

  test('can be tried from right to left', async () => {
    localStorage.setItem('rung.dir', 'rtl')
    await speak('en', silent)
    expect(document.documentElement.dir).toBe('rtl')
    localStorage.setItem('rung.dir', 'sideways')
    await speak('en', silent)
    expect(document.documentElement.dir).toBe('ltr')
  })
})

describe('dates and numbers', () => {
  test.each([
    ['en', 'en-GB', ['en-US'], 'en-GB'],
    ['en', 'de-DE', ['de-DE', 'en-AU'], 'en-AU'],
    ['de', 'en-GB', ['en-GB'], 'de'],
    ['de', 'de-CH', [], 'de-CH'],
    ['en', 'not a tag', ['en-IE'], 'en-IE'],
    ['en', undefined, ['not a tag'], 'en'],
  ] as const)('spoken %s, profile %s, browser %o: written as %s', async (spoken, profile, tags, written) => {
    browser(...tags)
    writeAs(profile)
    await speak(spoken, silent)
    expect(formatLocale()).toBe(written)
  })
})
