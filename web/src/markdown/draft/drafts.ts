/** What somebody has typed and not saved yet. */
export interface Draft {
  text: string
  /** The saved text that the typing began from. */
  base: string
  /** When it was typed last, in milliseconds. */
  at: number
}

const prefix = 'rung.draft.'
const tabKey = 'rung.tab'
const month = 30 * 24 * 3600 * 1000

/**
 * A tab's own name. It lives through a reload, but a tab that is made a copy of this one does not get it too: it is
 * written down only while the page goes away.
 */
function nameOfTab(): string {
  const kept = sessionStorage.getItem(tabKey)
  sessionStorage.removeItem(tabKey)
  const name = kept ?? Math.random().toString(36).slice(2, 12)
  addEventListener('pagehide', () => sessionStorage.setItem(tabKey, name))
  addEventListener('pageshow', () => sessionStorage.removeItem(tabKey))
  return name
}

let tab: string | undefined

function nameFor(key: string): string {
  tab ??= nameOfTab()
  return `${prefix}${key}\n${tab}`
}

function read(name: string): Draft | undefined {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
    if (typeof draft !== 'object' || draft === null) return undefined
    const { text, base, at } = draft as Partial<Draft>
    return typeof text === 'string' && typeof base === 'string' && typeof at === 'number'
      ? { text, base, at }
      : undefined
  } catch {
    return undefined
  }
}

function names(start: string): string[] {
  return Object.keys(localStorage).filter((name) => name.startsWith(start))
}

/**
 * The draft to go on with: this tab's own, else the last one typed in any tab. Drafts that say what is saved already
 * are thrown away and never offered.
 */
export function findDraft(key: string, saved: string): Draft | undefined {
  const own = nameFor(key)
  let newest: Draft | undefined
  for (const name of names(`${prefix}${key}\n`)) {
    const draft = read(name)
    if (!draft || draft.text === saved) localStorage.removeItem(name)
    else if (name === own) return draft
    else if (!newest || draft.at > newest.at) newest = draft
  }
  return newest
}

/** Keeps a draft of this tab; false when the browser has no room for it. */
export function keepDraft(key: string, draft: Draft): boolean {
  const name = nameFor(key)
  const words = JSON.stringify(draft)
  try {
    localStorage.setItem(name, words)
    return true
  } catch {
    dropOlderThan(draft.at - month)
  }
  try {
    localStorage.setItem(name, words)
    return true
  } catch {
    return false
  }
}

/** Forgets this tab's draft, and those of other tabs that say the same. */
export function dropDraft(key: string, text?: string): void {
  localStorage.removeItem(nameFor(key))
  for (const name of names(`${prefix}${key}\n`)) if (read(name)?.text === text) localStorage.removeItem(name)
}

function dropOlderThan(time: number): void {
  for (const name of names(prefix)) if ((read(name)?.at ?? 0) < time) localStorage.removeItem(name)
}

/** Forgets every draft in this browser: when somebody signs out. */
export function forgetDrafts(): void {
  for (const name of names(prefix)) localStorage.removeItem(name)
}

/** Text without the places that were held for files whose upload ended with the page. */
export function withoutHeldPlaces(text: string): string {
  return text.replace(/!?\[(?:[^[\]\\\n]|\\.)*\]\(rung:upload\/\d+\)\n?/g, '')
}
