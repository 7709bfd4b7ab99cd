import { i18n, type Messages } from '@lingui/core'

/** The languages there are, the first of them where none fits. */
export const locales = ['en', 'de'] as const
export type Locale = (typeof locales)[number]

const key = 'rung.locale'
const rightToLeft = new Set(['ar', 'fa', 'he', 'ur'])

/** The language to speak: the one chosen in this browser, else the first of the browser's own that there is. */
export function chosenLocale(): Locale {
  const wanted = [localStorage.getItem(key) ?? [], ...navigator.languages].flat()
  for (const w of wanted) {
    const found = locales.find((l) => l === w.toLowerCase().split('-')[0])
    if (found) return found
  }
  return locales[0]
}

export function rememberLocale(locale: Locale): void {
  localStorage.setItem(key, locale)
}

/** Loads a language's words and speaks it; the page's lang and dir follow. */
export async function speak(locale: Locale, words: (locale: Locale) => Promise<{ messages: Messages }>): Promise<void> {
  const { messages } = await words(locale)
  i18n.loadAndActivate({ locale, messages })
  document.documentElement.lang = locale
  document.documentElement.dir = rightToLeft.has(locale) ? 'rtl' : 'ltr'
}

export { i18n }
