import type { Drop } from '../grouping'
import type { Ground } from './track'

/** The group and the task that a line is named by. */
function partsOf(line: string): { group: string; task: string } {
  const cut = line.lastIndexOf('/')
  return { group: line.slice(0, cut), task: line.slice(cut + 1) }
}

const isAbove = (y: number, box: DOMRect) => y < box.top + box.height / 2

/** A list with headings, [data-section]: before the first line whose middle is below the point. */
export const listGround: Ground = {
  scrolled: (root) => [{ element: root, along: 'y' }],
  placeAt: (root, _, y) => {
    const top = root.getBoundingClientRect().top - root.scrollTop
    let last: { group: string; bottom: number } | undefined
    const end = () => ({ to: last && { group: last.group, before: undefined }, at: last && last.bottom - top })
    for (const row of root.querySelectorAll<HTMLElement>('[data-line], [data-section]')) {
      const box = row.getBoundingClientRect()
      const { section, line } = row.dataset
      if (last && isAbove(y, box) && section !== undefined) return end()
      const { group, task } = line === undefined ? { group: section!, task: undefined } : partsOf(line)
      if (task !== undefined && isAbove(y, box)) return { to: { group, before: task }, at: box.top - top }
      last = { group, bottom: box.bottom }
    }
    return end()
  },
}

/** Columns side by side, [data-column], each of which scrolls. */
export const boardGround: Ground = {
  scrolled: (root, x) => {
    const cards = columnAt(root, x)?.querySelector('[data-cards]')
    return [{ element: root, along: 'x' }, ...(cards ? [{ element: cards, along: 'y' } as const] : [])]
  },
  placeAt: (root, x, y, isMoving) => {
    const column = columnAt(root, x)
    const group = column?.dataset.column
    if (!column || group === undefined) return { to: undefined, at: undefined }
    let to: Drop = { group, before: undefined }
    for (const card of column.querySelectorAll<HTMLElement>('[data-line]')) {
      const line = card.dataset.line!
      if (isMoving(line) || !isAbove(y, card.getBoundingClientRect())) continue
      to = { group, before: partsOf(line).task }
      break
    }
    return { to, at: undefined }
  },
}

/** The column at a point, or the one nearest to it. */
function columnAt(root: HTMLElement, x: number): HTMLElement | undefined {
  let best: { column: HTMLElement; away: number } | undefined
  for (const column of root.querySelectorAll<HTMLElement>('[data-column]')) {
    const box = column.getBoundingClientRect()
    const away = x < box.left ? box.left - x : x > box.right ? x - box.right : 0
    if (!best || away < best.away) best = { column, away }
  }
  return best?.column
}
