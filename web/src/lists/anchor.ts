/** A line's place in a list, in pixels from its top. */
export type Offsets = ReadonlyMap<string, number>

/**
 * How far a list has to scroll so that what is looked at stays where it is when the list has changed: the line itself,
 * or, if it is gone or has moved away, the nearest line to it that has not. 0 if nothing can be held on to.
 */
export function shift(before: Offsets, now: Offsets, watched: string | undefined, near = 40): number {
  if (watched === undefined || !before.has(watched)) return 0
  const ids = [...before.keys()]
  const at = ids.indexOf(watched)
  const candidates = [watched]
  for (let i = 1; i < near; i++) for (const j of [at + i, at - i]) if (ids[j] !== undefined) candidates.push(ids[j])
  const deltas = candidates.flatMap((id) => {
    const [was, is] = [before.get(id), now.get(id)]
    return was === undefined || is === undefined ? [] : [is - was]
  })
  // A line that moved by itself goes its own way: its neighbours say how far the list has moved.
  return mostOften(deltas) ?? 0
}

function mostOften(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1)
  let best: number | undefined
  for (const [v, n] of counts) if (best === undefined || n > counts.get(best)!) best = v
  return best
}
