// Formatters are dear to make and lists are long: each is made once.

const made = new Map<string, unknown>()

function once<F, O>(kind: new (locale: string, options?: O) => F) {
  return (locale: string, options?: O): F => {
    const key = kind.name + locale + JSON.stringify(options)
    let format = made.get(key) as F | undefined
    if (!format) made.set(key, (format = new kind(locale, options)))
    return format
  }
}

export const dateFormat = once<Intl.DateTimeFormat, Intl.DateTimeFormatOptions>(Intl.DateTimeFormat)
export const relativeFormat = once<Intl.RelativeTimeFormat, Intl.RelativeTimeFormatOptions>(Intl.RelativeTimeFormat)
const numberFormat = once<Intl.NumberFormat, Intl.NumberFormatOptions>(Intl.NumberFormat)
const listFormat = once<Intl.ListFormat, Intl.ListFormatOptions>(Intl.ListFormat)

/** A number as a language writes it: 12,500 or 12.500. */
export function speakNumber(n: number, locale: string, options?: Intl.NumberFormatOptions): string {
  return numberFormat(locale, options).format(n)
}

/** "a, b and c", or "a, b or c". */
export function speakList(
  words: Iterable<string>,
  locale: string,
  type: 'conjunction' | 'disjunction' = 'conjunction',
) {
  return listFormat(locale, { type }).format(words)
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A number of bytes as one says it: "640 kB", "1.2 MB". */
export function fileSize(bytes: number, locale: string): string {
  const digits = (n: number) => (n < 9.95 ? 1 : 0)
  let step = 0
  let n = Math.max(0, bytes)
  // What would be written as 1000 is one of the next unit.
  while (step < units.length - 1 && Math.round(n) >= 1000) {
    n /= 1000
    step++
  }
  return speakNumber(n, locale, {
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : digits(n),
  })
}
