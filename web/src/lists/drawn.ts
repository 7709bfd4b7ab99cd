import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual'

/** What is drawn of a long list: what is seen, and always the line of the cursor, which focus and dragging hold on to. */
export function drawn(range: Range, cursor: number): number[] {
  const seen = defaultRangeExtractor(range)
  if (cursor < 0 || cursor >= range.count || seen.includes(cursor)) return seen
  return [...seen, cursor].sort((a, b) => a - b)
}
