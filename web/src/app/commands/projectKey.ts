/** The key that a name suggests: its first letters if it is one word, the initials of several. */
export function keyFrom(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .map((w) => w.replace(/^[0-9]+/, ''))
    .filter(Boolean)
  const letters = words.length > 1 ? words.map((w) => w[0]).join('') : (words[0] ?? '').slice(0, 3)
  const key = letters.slice(0, 5)
  return key.length === 1 ? (words[0] ?? '').slice(0, 2) : key
}

/** The key, or the first that no project has with a digit behind it. */
export function freeKey(key: string, taken: ReadonlySet<string>): string {
  if (!key || !taken.has(key)) return key
  for (let n = 2; ; n++) if (!taken.has(key + n)) return key + n
}
