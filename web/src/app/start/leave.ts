import { basePath, pathBelowBase } from '../../api/base'

/** Goes to signing in, and from there back to where one is now. */
export function leaveToSignIn(at: Location = location, go = (to: string) => at.replace(to)): void {
  const here = pathBelowBase(at.pathname) + at.search
  const next = here && here !== '/' ? `?next=${encodeURIComponent(here)}` : ''
  go(`${basePath()}login${next}`)
}
