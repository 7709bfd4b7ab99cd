import { i18n, type Messages } from '@lingui/core'

/** The languages there are, the first of them where none fits. */
export const locales = ['en', 'de'] as const
export type Locale = (typeof locales)[number]

/** What each language calls itself. */
export const localeNames: Record<Locale, string> = { en: 'English', de: 'Deutsch' }

const key = 'rung.locale'
const rightToLeft = new Set(['ar', 'fa', 'he', 'ur'])

/** The language of those there are that a tag such as de-AT means. */
export function localeOf(tag: string): Locale | undefined {
  return locales.find((l) => l === tag.toLowerCase().split('-')[0])
}

/** The language to speak: the one chosen in this browser, else the first of the browser's own that there is. */
export function chosenLocale(): Locale {
  const wanted = [kept(key) ?? [], ...navigator.languages].flat()
  for (const tag of wanted) {
    const found = localeOf(tag)
    if (found) return found
  }
  return locales[0]
}

export function rememberLocale(locale: Locale): void {
  try {
    localStorage.setItem(key, locale)
  } catch {
    // A browser that keeps nothing is asked again.
  }
}

/** Which way a language is written. 'rung.dir' in the browser's storage overrides it, to try a layout. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  const tried = kept('rung.dir')
  if (tried === 'rtl' || tried === 'ltr') return tried
  return rightToLeft.has(locale.toLowerCase().split('-')[0]!) ? 'rtl' : 'ltr'
}

/** Loads a language's words and speaks it; the page's lang and dir follow. English needs none: it stands where it is said. */
export async function speak(locale: Locale, words: (locale: Locale) => Promise<{ messages: Messages }>): Promise<void> {
  const { messages } = locale === 'en' ? { messages: {} } : await words(locale)
  i18n.loadAndActivate({ locale, messages })
  document.documentElement.lang = locale
  document.documentElement.dir = directionOf(locale)
}

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export { i18n }
