import type { Doc, Edit } from './edits'

/** What stands in a field and what of it is selected. */
export function docOf(field: HTMLTextAreaElement): Doc {
  return { text: field.value, start: field.selectionStart, end: field.selectionEnd }
}

/**
 * Makes a change as if it had been typed, so that the browser's own undo takes it back. Only what differs is replaced.
 */
export function applyEdit(field: HTMLTextAreaElement, edit: Edit): void {
  const { from, to, insert } = narrowed(field.value, edit)
  if (from !== to || insert !== '') {
    field.focus({ preventScroll: true })
    field.setSelectionRange(from, to)
    if (!typed(field, insert)) {
      field.setRangeText(insert, from, to, 'end')
      field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
    }
  }
  field.setSelectionRange(edit.start, edit.end)
}

/** Makes a change elsewhere in the text: what is selected stays selected, and the focus stays where it is. */
export function applyElsewhere(field: HTMLTextAreaElement, from: number, to: number, insert: string): void {
  const { start, end } = docOf(field)
  const moved = (at: number) => (at >= to ? at + insert.length - (to - from) : Math.min(at, from + insert.length))
  if (document.activeElement === field) {
    applyEdit(field, { from, to, insert, start: moved(start), end: moved(end) })
    return
  }
  field.setRangeText(insert, from, to)
  field.setSelectionRange(moved(start), moved(end))
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
}

function typed(field: HTMLTextAreaElement, insert: string): boolean {
  if (document.activeElement !== field || typeof document.execCommand !== 'function') return false
  const before = field.value
  const done = insert === '' ? document.execCommand('delete') : document.execCommand('insertText', false, insert)
  return done && field.value !== before
}

// Leaves out what is the same at both ends, so that undo and the screen reader hear of the change alone.
function narrowed(text: string, { from, to, insert }: Edit): { from: number; to: number; insert: string } {
  const old = text.slice(from, to)
  const most = Math.min(old.length, insert.length)
  let head = 0
  while (head < most && old[head] === insert[head]) head++
  let tail = 0
  while (tail < most - head && old[old.length - 1 - tail] === insert[insert.length - 1 - tail]) tail++
  return { from: from + head, to: to - tail, insert: insert.slice(head, insert.length - tail) }
}
