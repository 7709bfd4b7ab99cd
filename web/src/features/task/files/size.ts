import { useLingui } from '@lingui/react/macro'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A number of bytes as one says it: "640 kB". */
export function useSizeWords(): (bytes: number) => string {
  const { i18n } = useLingui()
  return (bytes) => {
    const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
    const value = bytes / 1000 ** step
    return new Intl.NumberFormat(i18n.locale, {
      style: 'unit',
      unit: units[step],
      unitDisplay: step === 0 ? 'long' : 'short',
      maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
    }).format(value)
  }
}
