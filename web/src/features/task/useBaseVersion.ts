/** Beside the drafts, so that it goes where they go. */
const nameOf = (key: string) => `rung.draft.${key}.version`

/**
 * The version of the task that what is being typed began from, kept as long as the draft: with it the server knows whether
 * somebody else has changed the same text meanwhile.
 */
export function useBaseVersion(key: string, version: number) {
  const name = nameOf(key)
  const kept = () => Number(read(name)) || undefined
  return {
    /** Call when something is typed: the first time counts. */
    note: () => {
      if (kept() === undefined) write(name, String(version))
    },
    /** The base to send. Without a change by others that is what is there now. */
    take: (conflict: boolean) => (conflict ? (kept() ?? 1) : undefined),
    clear: () => write(name, null),
  }
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function write(name: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
  } catch {
    // Then a change by others is taken for one since the beginning.
  }
}
