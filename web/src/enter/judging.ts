/** How good a new password is: too short to be taken, easy to guess, fine, or strong. */
export type Strength = 'short' | 'weak' | 'fine' | 'strong'

export const shortest = 8 // characters

/**
 * Judges by length and by how many different characters there are, which is what one can see while typing. The server has
 * the lists of passwords that are guessed first.
 */
export function strengthOf(password: string): Strength {
  const all = [...password.normalize('NFC')]
  const different = new Set(all.map((c) => c.toLowerCase())).size
  if (all.length < shortest) return 'short'
  if (different < 5 || isRun(all)) return 'weak'
  if (all.length >= 16 && different >= 8) return 'strong'
  return all.length >= 11 || kindsOf(password) >= 3 ? 'fine' : 'weak'
}

/** One character after the other, as 23456789 or hgfedcba. */
function isRun(all: readonly string[]): boolean {
  const steps = all.slice(1).map((c, i) => c.codePointAt(0)! - all[i]!.codePointAt(0)!)
  return steps.every((s) => s === steps[0] && Math.abs(s) <= 1)
}

function kindsOf(password: string): number {
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length
}
