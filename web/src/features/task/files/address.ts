import { apiURL } from '../../../api/base'
import { api, ok } from '../../../api/client'
import type { components } from '../../../api/schema'
import type { FileShown } from '../../../markdown'

type Signed = components['schemas']['FileAddress']

const spare = 60_000 // an address that ends sooner, in milliseconds, is not given out again
const known = new Map<string, Promise<{ src: string; until: number; inline: boolean }>>()

/** The short-lived address of a file, the same for a while: so pictures are not fetched again and again. */
export async function addressOf(ws: string, task: string, attachment: string) {
  const name = `${ws}/${attachment}`
  const before = await known.get(name)?.catch(() => undefined)
  if (before && before.until > Date.now()) return before
  const asking = sign(ws, task, attachment)
  known.set(name, asking)
  asking.catch(() => known.get(name) === asking && known.delete(name))
  return asking
}

async function sign(ws: string, task: string, attachment: string) {
  const params = { path: { ws, task, attachment } }
  const signed = await ok(api.POST('/workspaces/{ws}/tasks/{task}/attachments/{attachment}/url', { params }))
  return {
    src: whole(signed.url),
    until: Date.parse(signed.expires_at) - spare,
    inline: signed.disposition === 'inline',
  }
}

/** One that begins with a slash stands beside the API, wherever that is reached. */
function whole(url: Signed['url']): string {
  if (!url.startsWith('/')) return url
  return url.startsWith('/api/v1/') ? apiURL() + url.slice('/api/v1'.length) : new URL(url, apiURL()).href
}

const resolvers = new Map<string, (id: string) => Promise<FileShown | undefined>>()

/** What texts find their files by; the same function for the same task. */
export function fileResolver(ws: string, task: string): (id: string) => Promise<FileShown | undefined> {
  const name = `${ws}/${task}`
  let resolve = resolvers.get(name)
  if (!resolve) resolvers.set(name, (resolve = (id) => addressOf(ws, task, id).catch(() => undefined)))
  return resolve
}
