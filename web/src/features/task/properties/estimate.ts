import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'

export type Unit = 'points' | 'minutes'

/** An estimate in words: "3 points", "1 h 30 min"; nothing without one. */
export function useEstimateWords(): (estimate: number | null, unit: Unit) => string {
  const { t, i18n } = useLingui()
  return (estimate, unit) => {
    if (estimate === null) return ''
    if (unit === 'points') {
      if (Number.isInteger(estimate)) return i18n._(plural(estimate, { one: '# point', other: '# points' }) as never)
      const number = i18n.number(estimate)
      return t`${number} points`
    }
    const hours = Math.floor(estimate / 60)
    const minutes = Math.round(estimate % 60)
    if (hours === 0) return t`${minutes} min`
    return minutes === 0 ? t`${hours} h` : t`${hours} h ${minutes} min`
  }
}

const most = 1_000_000

/** Reads what somebody types: "3", "2,5", and for minutes "1h 30m", "1:30", "90"; undefined if it is none. */
export function readEstimate(text: string, unit: Unit): number | undefined {
  const plain = text.trim().toLowerCase().replace(',', '.')
  const fits = (n: number) => (Number.isFinite(n) && n >= 0 && n <= most ? n : undefined)
  if (/^\d+(\.\d+)?$/.test(plain)) return fits(Number(plain))
  if (unit === 'points') {
    const points = /^(\d+(?:\.\d+)?)\s*(?:p|pts?|points?)$/.exec(plain)
    return points ? fits(Number(points[1])) : undefined
  }
  const clock = /^(\d+):([0-5]\d)$/.exec(plain)
  if (clock) return fits(Number(clock[1]) * 60 + Number(clock[2]))
  const spoken = /^(?:(\d+(?:\.\d+)?)\s*h(?:ours?)?)?\s*(?:(\d+(?:\.\d+)?)\s*m(?:in(?:utes?)?)?)?$/.exec(plain)
  if (!spoken || (spoken[1] === undefined && spoken[2] === undefined)) return undefined
  return fits(Math.round(Number(spoken[1] ?? 0) * 60 + Number(spoken[2] ?? 0)))
}
