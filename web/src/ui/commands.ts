import { useEffect, useState, useSyncExternalStore } from 'react'

import { chordOf, tidyChord, type Keys } from './keys'
import type { LucideIcon } from 'lucide-react'

/** Something that can be done: the palette, the list of shortcuts, menus and keys all read it here. */
export interface Command {
  id: string
  /** Translated, a verb first: "Add a task". */
  name: string
  /** Translated heading in the palette and the list of shortcuts. */
  group?: string
  keys?: Keys | readonly Keys[]
  icon?: LucideIcon
  /** Answering false leaves the key to the browser. */
  run: (event?: KeyboardEvent) => unknown
  enabled?: boolean
  /** Kept out of the palette and the list of shortcuts. */
  hidden?: boolean
  /** Fires while one types in a field, too. Chords with mod always do. */
  typing?: boolean
  /** Fires again while the key is held. */
  repeat?: boolean
}

interface Scope {
  order: number
  /** Nothing that was mounted before it can be reached by key: what a modal dialog is. */
  alone: boolean
  list: readonly Command[]
}

const scopes = new Map<number, Scope>()
const watchers = new Set<() => void>()
let orders = 0
let shown: readonly Command[] = []

/** Offers commands while mounted. Of equal keys, those of what was mounted last win. */
export function useCommands(list: readonly Command[], { alone = false }: { alone?: boolean } = {}): void {
  // Taken while rendering, for effects of children run before those of their parents.
  const [order] = useState(() => ++orders)
  useEffect(() => {
    const before = scopes.get(order)
    scopes.set(order, { order, alone, list })
    if (!before || !alike(before.list, list)) changed()
  })
  useEffect(
    () => () => {
      scopes.delete(order)
      changed()
    },
    [order],
  )
}

function alike(a: readonly Command[], b: readonly Command[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i]
      return (
        other !== undefined &&
        one.id === other.id &&
        one.name === other.name &&
        one.group === other.group &&
        String(one.keys) === String(other.keys) &&
        one.enabled === other.enabled &&
        one.hidden === other.hidden &&
        one.icon === other.icon
      )
    })
  )
}

function changed(): void {
  const byId = new Map<string, Command>()
  for (const scope of inOrder()) {
    // The list is told anew only when it looks different; what it runs is always the newest.
    for (const command of scope.list)
      byId.set(command.id, { ...command, run: (event) => newest(command.id)?.run(event) })
  }
  shown = [...byId.values()]
  if (scopes.size > 0 || held) addEventListener('keydown', onKeyDown)
  else removeEventListener('keydown', onKeyDown)
  watchers.forEach((tell) => tell())
}

function inOrder(): Scope[] {
  return [...scopes.values()].sort((a, b) => a.order - b.order)
}

function watch(tell: () => void): () => void {
  watchers.add(tell)
  return () => watchers.delete(tell)
}

/** All that can be done here and now, one of each id, for the palette and the list of shortcuts. */
export function useCommandList(): readonly Command[] {
  return useSyncExternalStore(watch, () => shown).filter((c) => !c.hidden && c.enabled !== false)
}

/** The (first) keys of a command, for showing them beside it. */
export function keysOf(id: string): Keys | undefined {
  const keys = shown.find((c) => c.id === id)?.keys
  return typeof keys === 'string' ? keys : keys?.[0]
}

export function useKeysOf(id: string | undefined): Keys | undefined {
  return useSyncExternalStore(watch, () => (id ? keysOf(id) : undefined))
}

/** Does what a command says, if it can be done now. */
export function runCommand(id: string): void {
  void newest(id)?.run()
}

function newest(id: string): Command | undefined {
  const all = inOrder().reverse()
  return all.flatMap((scope) => scope.list).find((c) => c.id === id && c.enabled !== false)
}

const sequenceTime = 1000
let pending = ''
let forget: ReturnType<typeof setTimeout> | undefined

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) return
  const chord = chordOf(event)
  if (chord !== undefined && !press(chord, event)) hold(chord, event)
}

/** Whether the key, or the sequence that it ends or goes on with, means something. */
function press(chord: string, event: KeyboardEvent): boolean {
  const typed = pending
  pending = ''
  clearTimeout(forget)
  if (typed && chord === 'escape') return true
  return (typed !== '' && fire(`${typed} ${chord}`, event)) || fire(chord, event)
}

const holdingTime = 5000
let held: { chord: string; event: KeyboardEvent }[] | undefined

/** Until releaseKeys is called, five seconds at most, keys that mean nothing yet are kept. For while commands are loaded. */
export function holdKeys(): void {
  held = []
  changed()
  setTimeout(() => (held = undefined), holdingTime)
}

/** All commands are there: the first one that was meant by what was pressed meanwhile is done. */
export function releaseKeys(): void {
  const early = held ?? []
  held = undefined
  for (const { chord, event } of early) if (press(chord, event) && !pending) return
}

function hold(chord: string, event: KeyboardEvent): void {
  if (!held || event.repeat || !/^(mod\+)?.$/.test(chord) || inOrder().some((s) => s.alone)) return
  if (!chord.startsWith('mod+') && isTyping(event.target)) return
  if (/^mod\+[^kz]$/.test(chord)) return // the browser's own
  event.preventDefault()
  held.push({ chord, event })
}

function fire(keys: Keys, event: KeyboardEvent): boolean {
  const candidates = reachable().filter((c) => mayFire(c, keys, event))
  const exact = candidates.find((c) => spellings(c).includes(keys))
  if (exact) {
    if (exact.run(event) !== false) event.preventDefault()
    return true
  }
  if (!candidates.some((c) => spellings(c).some((s) => s.startsWith(`${keys} `)))) return false
  event.preventDefault()
  pending = keys
  forget = setTimeout(() => (pending = ''), sequenceTime)
  return true
}

/** The commands keys can reach, those that win first. */
function reachable(): Command[] {
  const found: Command[] = []
  for (const scope of inOrder().reverse()) {
    found.push(...scope.list)
    if (scope.alone) break
  }
  return found
}

function mayFire(command: Command, keys: Keys, event: KeyboardEvent): boolean {
  if (command.enabled === false || (event.repeat && !command.repeat)) return false
  return command.typing === true || /(^|\+)(mod|ctrl)\+/.test(keys) || !isTyping(event.target)
}

function spellings(command: Command): Keys[] {
  const keys = typeof command.keys === 'string' ? [command.keys] : (command.keys ?? [])
  return keys.map((k) => k.split(' ').map(tidyChord).join(' '))
}

const noText = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'])

/** Whether keys pressed there are text, or a menu's own way of finding an item. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !noText.has(target.type)
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return (
    target.isContentEditable ||
    target.closest('[contenteditable=""],[contenteditable="true"],[role="menu"],[role="listbox"]') !== null
  )
}
