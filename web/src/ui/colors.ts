/** The named colours that a label, a project or a status can have. */
export const colorNames = [
  'gray',
  'red',
  'orange',
  'yellow',
  'lime',
  'green',
  'teal',
  'sky',
  'blue',
  'violet',
  'pink',
  'brown',
] as const
export type ColorName = (typeof colorNames)[number]

const also: Record<string, ColorName> = {
  grey: 'gray',
  black: 'gray',
  white: 'gray',
  silver: 'gray',
  amber: 'yellow',
  gold: 'yellow',
  cyan: 'sky',
  indigo: 'blue',
  navy: 'blue',
  purple: 'violet',
  magenta: 'pink',
  rose: 'red',
  emerald: 'green',
  olive: 'lime',
  turquoise: 'teal',
}

/** The CSS colour of what the API calls a colour: a name, a hex number, or nothing, which is gray. */
export function colorOf(color: string | undefined): string {
  const name = (color ?? '').trim().toLowerCase()
  if (/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/.test(name)) return name
  const known = colorNames.find((c) => c === name) ?? (Object.hasOwn(also, name) ? also[name] : undefined) ?? 'gray'
  return `var(--label-${known})`
}
