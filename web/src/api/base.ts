/** The path that the app is served under, with a slash at its end. */
export function basePath(): string {
  return new URL(document.baseURI).pathname
}

/** A path of the page without the part that the app is served under, and without the slash in front. */
export function pathBelowBase(pathname: string): string {
  const base = basePath()
  return pathname.startsWith(base) ? pathname.slice(base.length) : pathname.slice(1)
}

/**
 * Where the API is, without a slash at its end. VITE_API_URL, which ends in /api, names it when the app is built for a
 * host of its own; otherwise it is beside the page.
 */
export function apiURL(): string {
  const root: string = import.meta.env.VITE_API_URL || new URL('api', document.baseURI).href
  return root.replace(/\/$/, '') + '/v1'
}
