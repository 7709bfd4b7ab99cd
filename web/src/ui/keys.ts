/** Keys as commands write them: chords of a sequence parted by spaces, "g m", "mod+k", "shift+enter". */
export type Keys = string

export function isMac(platform: string = navigator.platform): boolean {
  return /^(Mac|iP)/.test(platform)
}

const modifiers = ['mod', 'ctrl', 'alt', 'shift'] as const

/** One chord in the order that the registry compares them in. */
export function tidyChord(chord: string): string {
  const parts = chord.toLowerCase().split(/\+(?=.)/)
  const key = parts.pop() ?? ''
  return [...modifiers.filter((m) => parts.includes(m)), key].join('+')
}

/**
 * The chord an event is, or undefined for what is no chord: a modifier alone, a word being composed.
 * Letters go by what they write; where that is no Latin letter (another script, Alt on a Mac), by their place.
 */
export function chordOf(event: KeyboardEvent, mac: boolean = isMac()): string | undefined {
  if (event.isComposing || event.keyCode === 229 || event.key === 'Dead' || event.key === 'Unidentified') return
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock'].includes(event.key)) return
  const altGr = event.getModifierState('AltGraph')
  const key = keyOf(event)
  const letter = /^[a-z]$/.test(key)
  const written = key.length === 1 && !letter && key !== ' '
  const held = {
    mod: mac ? event.metaKey : event.ctrlKey && !altGr,
    ctrl: mac && event.ctrlKey,
    alt: event.altKey && !altGr,
    shift: event.shiftKey && !written,
  }
  return [...modifiers.filter((m) => held[m]), key === ' ' ? 'space' : key].join('+')
}

function keyOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase()
  if (key.length !== 1 || key.charCodeAt(0) < 128) return key
  const place = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(event.code)
  return (place?.[1] ?? place?.[2] ?? key).toLowerCase()
}

const macSigns: Record<string, string> = {
  mod: '⌘',
  ctrl: '⌃',
  alt: '⌥',
  shift: '⇧',
  enter: '↵',
  backspace: '⌫',
  delete: '⌦',
}
const signs: Record<string, string> = {
  mod: 'Ctrl',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  enter: 'Enter',
  backspace: 'Backspace',
  delete: 'Delete',
}
const names: Record<string, string> = {
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  space: 'Space',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
}

/** What is printed on the keys: one list a chord of the sequence. */
export function keySigns(keys: Keys, mac: boolean = isMac()): string[][] {
  return keys.split(' ').map((chord) =>
    tidyChord(chord)
      .split(/\+(?=.)/)
      .map((part) => (mac ? macSigns : signs)[part] ?? names[part] ?? (part.length === 1 ? part.toUpperCase() : part)),
  )
}

/** The keys as the aria-keyshortcuts attribute writes them; a sequence has no such form. */
export function ariaKeys(keys: Keys | undefined, mac: boolean = isMac()): string | undefined {
  if (!keys || keys.includes(' ')) return
  const aria: Record<string, string> = {
    mod: mac ? 'Meta' : 'Control',
    ctrl: 'Control',
    alt: 'Alt',
    shift: 'Shift',
    enter: 'Enter',
    escape: 'Escape',
  }
  return tidyChord(keys)
    .split(/\+(?=.)/)
    .map((part) => aria[part] ?? part)
    .join('+')
}
