// The service worker: the app opens without the network. It keeps the files of the build and nothing else; what the API or
// /files answer is never in its hands.

interface Later extends Event {
  waitUntil(done: Promise<unknown>): void
}
interface Fetching extends Event {
  request: Request
  respondWith(answer: Promise<Response>): void
}
interface Worker {
  registration: { scope: string }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', hear: (e: Later) => void): void
  addEventListener(type: 'fetch', hear: (e: Fetching) => void): void
}

const worker = self as unknown as Worker
declare const BUILD: { version: string; files: string[] } // written in by the build

const prefix = 'rung-app-'
const current = prefix + BUILD.version
const scope = worker.registration.scope
const page = scope + 'index.html'

worker.addEventListener('install', (e) => e.waitUntil(install().then(() => worker.skipWaiting())))
worker.addEventListener('activate', (e) => e.waitUntil(forget()))

/** Files with a hash in their name are taken from the version before, where they are the same. */
async function install(): Promise<void> {
  const cache = await caches.open(current)
  for (const file of BUILD.files) {
    const url = scope + file
    const known = file.startsWith('assets/') ? await caches.match(url) : undefined
    if (known) await cache.put(url, known)
    else await cache.add(new Request(url, { cache: file.startsWith('assets/') ? 'default' : 'reload' }))
  }
}

/** Keeps the version before too, for tabs that are still open with it. */
async function forget(): Promise<void> {
  const ours = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== current)
  await Promise.all(ours.slice(0, -1).map((name) => caches.delete(name)))
}

worker.addEventListener('fetch', (e) => {
  const { request } = e
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return
  const path = new URL(request.url).pathname.slice(new URL(scope).pathname.length)
  if (request.mode === 'navigate') {
    if (isPage(path)) e.respondWith(kept(page, request))
  } else if (path.startsWith('assets/') || BUILD.files.includes(path)) e.respondWith(kept(scope + path, request))
})

/** Addresses of the app itself, and not of what the server answers. */
function isPage(path: string): boolean {
  return !/^(api|files|livez|readyz|metrics|\.well-known)(\/|$)/.test(path) && !/\.[^/]*$/.test(path)
}

async function kept(url: string, request: Request): Promise<Response> {
  const cache = await caches.open(current)
  return (await cache.match(url)) ?? (await caches.match(url)) ?? fetch(request)
}
