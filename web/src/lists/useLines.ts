import { useSameLines } from './useSameLines'
import { linesOf, type Line, type Section } from './sections'

/** The lines of a list: the same array until there are others, however often the list is drawn meanwhile. */
export function useLines(sections: readonly Section[], folded: ReadonlySet<string>): readonly Line[] {
  return useSameLines(linesOf(sections, folded))
}

/** What a virtual list asks of lines, in functions that are the same until there are others. */
export function useMeasures(lines: readonly Line[], size: number, cursor: string | undefined) {
  'use memo' // it calls no hook, by which the compiler would know it
  return {
    at: cursor === undefined ? -1 : lines.findIndex((l) => l.id === cursor),
    estimateSize: () => size,
    getItemKey: (i: number) => lines[i]?.id ?? i,
  }
}
