import { rememberLocale, speak, type Locale } from '../i18n/i18n'

export const enterWords = (locale: Locale) => import(`../locales/${locale}/enter.po`)

/** Speaks another language from now on, in this browser. Without its words everything stays as it is. */
export async function choose(locale: Locale): Promise<void> {
  try {
    await speak(locale, enterWords)
    rememberLocale(locale)
  } catch {
    // The list shows the language that is still spoken.
  }
}
