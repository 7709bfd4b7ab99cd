/** Where a link of a text may lead. Everything else is not a link and is shown as it was written. */
export type Target =
  | { kind: 'user'; id: string }
  | { kind: 'file'; id: string }
  /** The place held for a file that is on its way. */
  | { kind: 'upload'; id: string }
  | { kind: 'inside'; href: string; path: string }
  | { kind: 'outside'; href: string }

const own = /^rung:(user|file|upload)\/([A-Za-z0-9_-]{1,64})$/
const scheme = /^[a-z][a-z0-9+.-]*:/i
const outside = /^(https?:\/\/[^/?#\\]|mailto:|tel:)/i
// Parts of an address that browsers drop or turn around, with which one address can look like another.
const deceiving = /[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\\]/

/** Reads the address of a link; undefined where it may not be followed. */
export function targetOf(address: string): Target | undefined {
  const mine = own.exec(address)
  if (mine?.[2]) return { kind: mine[1] as 'user' | 'file' | 'upload', id: mine[2] }
  if (address === '' || deceiving.test(address)) return undefined
  if (scheme.test(address)) {
    if (!outside.test(address)) return undefined
    return readOutside(address)
  }
  return readInside(address)
}

function readOutside(address: string): Target | undefined {
  const url = read(address)
  if (!url || url.username || url.password) return undefined
  return { kind: 'outside', href: url.href }
}

// What has no scheme leads into the app: a path below the address it is served under, never to another host.
function readInside(address: string): Target | undefined {
  if (!/^\/(?!\/)/.test(address)) return undefined
  const base = new URL('.', document.baseURI)
  const url = read('.' + address, base)
  if (!url || url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return undefined
  const path = url.pathname.slice(base.pathname.length) + url.search + url.hash
  return { kind: 'inside', href: url.href, path: '/' + path }
}

function read(address: string, base?: string | URL): URL | undefined {
  try {
    return new URL(address, base)
  } catch {
    return undefined
  }
}

/** An address that a picture or a file may be fetched from, as the app itself was given it. */
export function fetchable(address: string): boolean {
  const url = read(address, document.baseURI)
  return url !== undefined && /^(https?|blob):$/.test(url.protocol)
}
