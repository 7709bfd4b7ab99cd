import { readFileSync } from 'node:fs'

import { colorNames } from './colors'

const css = readFileSync('src/ui/tokens.css', 'utf8')

function token(name: string, theme: 'light' | 'dark'): string {
  const value = new RegExp(`^  --${name}: (.+);$`, 'm').exec(css)?.[1] ?? ''
  const both = /^light-dark\((#\w{6}), (#\w{6})\)$/.exec(value)
  const found = both ? both[theme === 'light' ? 1 : 2] : /^#\w{6}$/.exec(value)?.[0]
  if (!found) throw new Error(`no token ${name}`)
  return found
}

/** WCAG 2.2's relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const surfaces = ['background', 'panel', 'floating', 'hover', 'selected']
const words = ['ink', 'muted', 'accent-text', 'danger-text', 'warning-text', 'success-text', 'overdue']
const statuses = ['backlog', 'todo', 'doing', 'done', 'canceled'].map((c) => `status-${c}`)
const labels = colorNames.map((c) => `label-${c}`)

const text: [string, string][] = [
  ...surfaces.flatMap((on) => words.map((word): [string, string] => [word, on])),
  ...['pressed', 'marked', 'well'].flatMap((on) => ['ink', 'muted'].map((word): [string, string] => [word, on])),
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-hover'],
  ['danger-ink', 'danger'],
  ['danger-ink', 'danger-hover'],
  ['danger-text', 'danger-tint'],
  ['warning-text', 'warning-tint'],
  ['success-text', 'success-tint'],
  ['inverse-ink', 'inverse'],
  ['inverse-ink', 'inverse-hover'],
  ['inverse-muted', 'inverse'],
  ...colorNames.filter((c) => c !== 'gray').map((c): [string, string] => ['avatar-ink', `avatar-${c}`]),
]
const signs: [string, string][] = surfaces.flatMap((on) =>
  ['icon', 'control', 'focus', 'urgent', ...statuses, ...labels].map((sign): [string, string] => [sign, on]),
)

describe.each(['light', 'dark'] as const)('contrast in the %s theme', (theme) => {
  it.each(text)('%s on %s is at least 4.5', (front, back) => {
    expect(contrast(token(front, theme), token(back, theme))).toBeGreaterThanOrEqual(4.5)
  })
  it.each(signs)('%s on %s is at least 3', (front, back) => {
    expect(contrast(token(front, theme), token(back, theme))).toBeGreaterThanOrEqual(3)
  })
})

it('measures black on white as 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
})
