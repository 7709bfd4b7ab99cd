import { useLingui } from '@lingui/react/macro'

import { localeNames, locales, type Locale } from '../i18n/i18n'
import { choose } from './words'

/** Chooses the language before anybody is signed in. Each is called as it calls itself. */
export function LanguageSelect() {
  const { t, i18n } = useLingui()
  return (
    <select
      aria-label={t`Language`}
      value={i18n.locale}
      onChange={(e) => void choose(e.target.value as Locale)}
      className="text-muted hover:text-ink h-8 rounded-md bg-transparent px-1 max-phone:h-11"
    >
      {locales.map((locale) => (
        <option key={locale} value={locale} lang={locale} className="bg-panel text-ink">
          {localeNames[locale]}
        </option>
      ))}
    </select>
  )
}
