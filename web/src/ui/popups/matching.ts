import type { PickerItem } from '../Picker'

/** Those whose words begin with what was typed first, then those that hold it anywhere; their order is kept. */
export function matching(items: readonly PickerItem[], text: string): PickerItem[] {
  const parts = plain(text).split(/\s+/).filter(Boolean)
  if (parts.length === 0) return [...items]
  const begin: PickerItem[] = []
  const inside: PickerItem[] = []
  for (const item of items) {
    const words = plain(`${item.name} ${item.keywords ?? ''}`)
    if (!parts.every((p) => words.includes(p))) continue
    const starts = words.startsWith(parts[0]!) || words.includes(` ${parts[0]!}`)
    ;(starts ? begin : inside).push(item)
  }
  return [...begin, ...inside]
}

/** Small letters without marks: "Zoë" is found by "zoe". */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
