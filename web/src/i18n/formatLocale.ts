import { useSyncExternalStore } from 'react'
import { i18n } from '@lingui/core'

const watchers = new Set<() => void>()
let profile: string | undefined

/** The profile's language and region, such as en-GB, for how dates and numbers are written. */
export function writeAs(tag: string | undefined): void {
  profile = tag
  watchers.forEach((tell) => tell())
}

/**
 * How dates and numbers are written: as the profile wants it where that fits the language that is spoken, else as the
 * browser does, else as is usual in the language.
 */
export function formatLocale(): string {
  const spoken = i18n.locale || 'en'
  const fits = (tag: string | undefined) => tag !== undefined && languageOf(tag) === languageOf(spoken)
  return [profile, ...navigator.languages].find(fits) ?? spoken
}

/** formatLocale for what is shown: it changes with the language and the profile. */
export function useFormatLocale(): string {
  return useSyncExternalStore(watch, formatLocale)
}

function watch(tell: () => void): () => void {
  watchers.add(tell)
  i18n.on('change', tell)
  return () => {
    watchers.delete(tell)
    i18n.removeListener('change', tell)
  }
}

const languages = new Map<string, string | undefined>() // every date that is shown asks

function languageOf(tag: string): string | undefined {
  if (!languages.has(tag)) languages.set(tag, read(tag))
  return languages.get(tag)
}

function read(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).language
  } catch {
    return undefined // It is no language tag.
  }
}
