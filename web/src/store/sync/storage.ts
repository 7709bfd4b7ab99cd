/** localStorage, where the browser lets one have it; otherwise something that lasts as long as the page. */
export interface Kept extends Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  keys(): string[]
}

function keeping(of: () => Storage): Kept {
  const memory = new Map<string, string>()
  const real = <T>(run: (s: Storage) => T, instead: () => T): T => {
    try {
      return run(of())
    } catch {
      return instead()
    }
  }
  return {
    getItem: (key) =>
      memory.get(key) ??
      real(
        (s) => s.getItem(key),
        () => null,
      ),
    setItem: (key, value) =>
      real(
        (s) => (s.setItem(key, value), void memory.delete(key)),
        () => void memory.set(key, value),
      ),
    removeItem(key) {
      memory.delete(key)
      real(
        (s) => s.removeItem(key),
        () => undefined,
      )
    },
    keys: () => [
      ...memory.keys(),
      ...real(
        (s) => Object.keys(s),
        () => [],
      ),
    ],
  }
}

export const kept = keeping(() => localStorage)
export const keptInTab = keeping(() => sessionStorage)
