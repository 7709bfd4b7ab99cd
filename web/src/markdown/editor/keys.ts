import { codeBlock, makeLink, toggleMarks, type Doc, type Edit } from './edits'
import { toggleLines } from './lines'

export type CommandId =
  'bold' | 'italic' | 'strike' | 'code' | 'link' | 'heading' | 'quote' | 'bullets' | 'numbers' | 'tasks' | 'codeBlock'

interface Command {
  run: (doc: Doc) => Edit
  /** As in aria-keyshortcuts, with Mod for Control or Command. */
  keys: string
  code: string
  shift: boolean
}

/** What the toolbar and the keys do to the text. */
export const commands: Record<CommandId, Command> = {
  bold: { run: (doc) => toggleMarks(doc, '**'), keys: 'Mod+B', code: 'b', shift: false },
  italic: { run: (doc) => toggleMarks(doc, '*'), keys: 'Mod+I', code: 'i', shift: false },
  strike: { run: (doc) => toggleMarks(doc, '~~'), keys: 'Mod+Shift+X', code: 'x', shift: true },
  code: { run: (doc) => toggleMarks(doc, '`'), keys: 'Mod+E', code: 'e', shift: false },
  link: { run: makeLink, keys: 'Mod+K', code: 'k', shift: false },
  heading: { run: (doc) => toggleLines(doc, 'heading'), keys: 'Mod+Shift+H', code: 'h', shift: true },
  quote: { run: (doc) => toggleLines(doc, 'quote'), keys: 'Mod+Shift+.', code: 'Period', shift: true },
  numbers: { run: (doc) => toggleLines(doc, 'numbers'), keys: 'Mod+Shift+7', code: 'Digit7', shift: true },
  bullets: { run: (doc) => toggleLines(doc, 'bullets'), keys: 'Mod+Shift+8', code: 'Digit8', shift: true },
  tasks: { run: (doc) => toggleLines(doc, 'tasks'), keys: 'Mod+Shift+9', code: 'Digit9', shift: true },
  codeBlock: { run: codeBlock, keys: 'Mod+Shift+E', code: 'e', shift: true },
}

const mac = /Mac|iP(hone|ad|od)/.test(navigator.platform)

export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Whether the key that commands are given with is held: Command on a Mac, Control elsewhere. */
export function holdsMod(event: KeyPress): boolean {
  return !event.altKey && (mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey)
}

/** The command a key press means. */
export function commandOf(event: KeyPress): CommandId | undefined {
  if (!holdsMod(event)) return undefined
  const ids = Object.keys(commands) as CommandId[]
  return ids.find((id) => {
    const { code, shift } = commands[id]
    return shift === event.shiftKey && (code === event.code || code === event.key.toLowerCase())
  })
}

/** The keys of a command as one reads them, and as a screen reader is told them. */
export function keysOf(id: CommandId): { shown: string; told: string } {
  const { keys } = commands[id]
  const shown = mac ? keys.replace('Mod+', '⌘').replace('Shift+', '⇧') : keys.replace('Mod', 'Ctrl')
  return { shown, told: keys.replace('Mod', mac ? 'Meta' : 'Control') }
}
