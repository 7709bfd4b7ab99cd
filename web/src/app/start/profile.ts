import type { Me } from '../../api/session'
import { writeAs } from '../../i18n/formatLocale'
import { i18n, localeOf, rememberLocale, speak, type Locale } from '../../i18n/i18n'

export type Theme = Me['theme']

/** Shows the theme, and keeps it for the next first paint. */
export function showTheme(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  localStorage.setItem('rung.theme', theme)
}

export const appWords = (locale: Locale) => import(`../../locales/${locale}/app.po`)

/** Writes dates as the profile wants it, speaks its language if there is such a one, and keeps it for the next start. */
export async function showLocale(tag: string): Promise<void> {
  writeAs(tag)
  const locale = localeOf(tag)
  if (!locale) return
  rememberLocale(locale)
  if (i18n.locale !== locale) await speak(locale, appWords)
}
