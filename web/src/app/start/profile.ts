import type { Me } from '../../api/session'
import { i18n, locales, rememberLocale, speak, type Locale } from '../../i18n/i18n'

export type Theme = Me['theme']

/** Shows the theme, and keeps it for the next first paint. */
export function showTheme(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  localStorage.setItem('rung.theme', theme)
}

export const appWords = (locale: Locale) => import(`../../locales/${locale}/app.po`)

/** Speaks the language of the profile if there is such a one, and keeps it for the next start. */
export async function showLocale(tag: string): Promise<void> {
  const locale = locales.find((l) => l === tag.toLowerCase().split('-')[0])
  if (!locale) return
  rememberLocale(locale)
  if (i18n.locale !== locale) await speak(locale, appWords)
}
