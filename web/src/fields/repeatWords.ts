import { useLingui } from '@lingui/react/macro'

import type { Task } from '../store'

type Recurrence = Task['recurrence']

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** The parts of a rule as RFC 5545 writes it, by their names. */
function partsOf(rrule: string): Record<string, string> {
  const rule = rrule.replace(/^RRULE:/i, '')
  return Object.fromEntries(
    rule.split(';').map((p) => [p.slice(0, p.indexOf('=')).toUpperCase(), p.slice(p.indexOf('=') + 1)]),
  )
}

/** A recurrence in words: "Every 2 weeks on Mon and Thu, after it is done". A rule that has no plain words is shown as written. */
export function useRepeatWords(): (recurrence: Recurrence) => string {
  const { t, i18n } = useLingui()
  const list = (words: string[]) => new Intl.ListFormat(i18n.locale, { type: 'conjunction' }).format(words)
  const weekday = (day: string, style: 'short' | 'long') =>
    new Intl.DateTimeFormat(i18n.locale, { weekday: style, timeZone: 'UTC' }).format(
      Date.UTC(2024, 0, 1 + days.indexOf(day)),
    )

  const often = (freq: string | undefined, n: number) => {
    const many = {
      DAILY: t`Every ${n} days`,
      WEEKLY: t`Every ${n} weeks`,
      MONTHLY: t`Every ${n} months`,
      YEARLY: t`Every ${n} years`,
    }
    const one = { DAILY: t`Every day`, WEEKLY: t`Every week`, MONTHLY: t`Every month`, YEARLY: t`Every year` }
    return (n > 1 ? many : one)[freq as keyof typeof one]
  }
  const onDays = (byday: string, every: string) => {
    const named = byday.split(',')
    if (named.join() === 'MO,TU,WE,TH,FR' && every === t`Every week`) return t`Every weekday`
    if (!named.every((d) => days.includes(d))) return undefined
    if (named.length === 1 && every === t`Every week`) {
      const day = weekday(named[0]!, 'long')
      return t`Every ${day}`
    }
    const all = list(named.map((d) => weekday(d, 'short')))
    return t`${every} on ${all}`
  }
  const ruleWords = (rrule: string) => {
    const { FREQ, INTERVAL = '1', BYDAY, BYMONTHDAY, WKST: _, ...rest } = partsOf(rrule)
    const every = often(FREQ, Number(INTERVAL))
    if (!every || Object.keys(rest).length > 0) return undefined
    if (BYDAY !== undefined && BYMONTHDAY !== undefined) return undefined
    if (BYDAY !== undefined) return FREQ === 'WEEKLY' ? onDays(BYDAY, every) : undefined
    if (BYMONTHDAY === undefined) return every
    if (FREQ !== 'MONTHLY') return undefined
    const date = BYMONTHDAY
    return date === '-1' ? t`${every} on the last day` : t`${every} on day ${date}`
  }
  return (recurrence) => {
    if (!recurrence) return ''
    const words = ruleWords(recurrence.rrule) ?? recurrence.rrule
    return recurrence.basis === 'completion' ? t`${words}, after it is done` : words
  }
}
