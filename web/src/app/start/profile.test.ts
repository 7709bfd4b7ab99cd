import { formatLocale } from '../../i18n/formatLocale'
import { i18n, rememberLocale, speak } from '../../i18n/i18n'
import { appWords, showLocale } from './profile'

beforeEach(async () => {
  localStorage.clear()
  rememberLocale('de')
  await speak('de', appWords)
})

test('the language of the profile wins over the one chosen before signing in', async () => {
  await showLocale('en-GB')
  expect(i18n.locale).toBe('en')
  expect(formatLocale()).toBe('en-GB')
  expect(localStorage.getItem('rung.locale')).toBe('en')
})

test('a profile in a language that is not there leaves the chosen one', async () => {
  await showLocale('fr')
  expect(i18n.locale).toBe('de')
  expect(localStorage.getItem('rung.locale')).toBe('de')
  expect(formatLocale()).toBe('de')
})

test('another region of the language changes how dates are written', async () => {
  await showLocale('de-CH')
  expect(formatLocale()).toBe('de-CH')
  await showLocale('de-AT')
  expect(formatLocale()).toBe('de-AT')
})
