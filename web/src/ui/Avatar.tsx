import { classes } from './classes'
import { colorNames } from './colors'

export interface Person {
  id: string
  name: string
}
type Size = 16 | 20 | 24 | 32

const sizes: Record<Size, string> = {
  16: 'size-4 text-[8px]',
  20: 'size-5 text-[9px]',
  24: 'size-6 text-[10px]',
  32: 'size-8 text-xs',
}

/** Somebody's initials on a colour that is theirs everywhere. Silent unless named, for a name mostly stands beside it. */
export function Avatar({
  id,
  name,
  size = 20,
  named,
  className,
}: Person & { size?: Size; named?: boolean; className?: string }) {
  const color = colorFor(id)
  return (
    <span
      role={named ? 'img' : undefined}
      aria-label={named ? name : undefined}
      aria-hidden={named ? undefined : true}
      title={named ? name : undefined}
      className={classes(
        'text-avatar-ink grid shrink-0 place-items-center rounded-full leading-none font-semibold select-none',
        sizes[size],
        className,
      )}
      style={{ background: `var(--avatar-${color})` }}
    >
      {initials(name)}
    </span>
  )
}

/** The first few faces, and how many more there are. */
export function AvatarStack({ people, max = 1, size = 20 }: { people: readonly Person[]; max?: number; size?: Size }) {
  const rest = people.length - max
  if (people.length === 0) return null
  return (
    <span
      role="img"
      aria-label={people.map((p) => p.name).join(', ')}
      title={people.map((p) => p.name).join(', ')}
      className="inline-flex shrink-0 items-center"
    >
      {people.slice(0, max).map((p, place) => (
        <Avatar key={p.id} {...p} size={size} className={place > 0 ? 'ring-panel -ms-1 ring-2' : undefined} />
      ))}
      {rest > 0 && <span className="text-muted ms-1 text-xs">+{rest}</span>}
    </span>
  )
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return (
    ends
      .map((w) => [...(w ?? '')][0] ?? '')
      .join('')
      .toLocaleUpperCase() || '?'
  )
}

/** The same for the same person on every screen and in every browser. */
export function colorFor(id: string): string {
  let sum = 0
  for (const c of id) sum = (sum * 31 + c.codePointAt(0)!) >>> 0
  return colorNames[1 + (sum % (colorNames.length - 1))]!
}
