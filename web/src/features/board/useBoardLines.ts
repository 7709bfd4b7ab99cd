import { lineID, linesOf, type Line } from '../../lists/sections'
import { useSameLines } from '../../lists/useSameLines'
import type { Group } from '../../store'

const none: ReadonlySet<string> = new Set()

/** The lines that the cursor of a board goes along: the same array until there are others. */
export function useBoardLines(groups: readonly Group[]): readonly Line[] {
  return useSameLines(
    linesOf(
      groups.map((g) => ({ key: g.key, name: g.key, heading: null, tasks: g.tasks })),
      none,
    ),
  )
}

/** What a virtual list asks of a column, in functions that are the same until its cards are others. */
export function useColumnMeasures({ key, tasks }: Group, cursor: string | undefined) {
  'use memo' // it calls no hook, by which the compiler would know it
  return {
    index: cursor?.startsWith(`${key}/`) ? tasks.findIndex((task) => lineID(key, task.id) === cursor) : -1,
    getItemKey: (i: number) => tasks[i]?.id ?? i,
  }
}
