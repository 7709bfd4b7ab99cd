import type { ReactNode } from 'react'

/** A text with what was found in it marked: [start, end) in UTF-16 units, in their order. */
export function Marked({ text, ranges }: { text: string; ranges: readonly (readonly number[])[] }) {
  const parts: ReactNode[] = []
  let at = 0
  for (const [from = 0, to = 0] of ranges) {
    if (from < at || to > text.length) continue
    parts.push(
      text.slice(at, from),
      <mark key={from} className="bg-marked text-ink rounded-[2px]">
        {text.slice(from, to)}
      </mark>,
    )
    at = to
  }
  parts.push(text.slice(at))
  return <>{parts}</>
}
