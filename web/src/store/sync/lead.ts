import { newID } from '../ids'

/** What a leader needs of the browser; tests bring their own. */
export interface Browser {
  locks?: Pick<LockManager, 'request'>
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

const beat = 1000
const lease = 4000 // a leader that has not been heard for so many milliseconds is none any more

/** A tab's place among those that want to lead. */
export interface Turn {
  end: () => void
  /** Leads from now on, whoever did before: it does not answer. */
  take: () => void
}

/**
 * Of all tabs that want to lead under a name, has one run at a time. run's signal aborts when the tab must not lead any
 * more; when run ends by itself, it begins again after a moment, when it is this tab's turn.
 */
export function lead(name: string, run: (signal: AbortSignal) => Promise<void>, browser: Browser): Turn {
  const end = new AbortController()
  const { locks } = browser
  if (!locks) {
    void leadByLease(name, run, browser.storage, end.signal)
    return { end: () => end.abort(), take: () => undefined } // a lease ends by itself
  }
  void leadByLock(name, run, locks, end.signal, false)
  return { end: () => end.abort(), take: () => void leadByLock(name, run, locks, end.signal, true) }
}

async function leadByLock(
  name: string,
  run: (s: AbortSignal) => Promise<void>,
  locks: NonNullable<Browser['locks']>,
  end: AbortSignal,
  steal: boolean,
) {
  do {
    const sleep = asleep(end)
    try {
      const options = steal ? { steal } : { signal: sleep.signal }
      await locks.request(name, options, () => (sleep.signal.aborted ? undefined : run(sleep.signal)))
    } catch {
      sleep.stop() // it was given up while waiting for its turn, or was taken by another
    }
    await sleep.over()
    if (!end.aborted) await slept(beat, end)
  } while (!end.aborted && !steal) // whoever took it stands in the line of turns already
}

/** A page that is put away (bfcache) lets others lead until it is shown again. */
function asleep(end: AbortSignal) {
  const away = new AbortController()
  let hidden = false
  const hide = () => {
    hidden = true
    away.abort()
  }
  globalThis.addEventListener?.('pagehide', hide)
  end.addEventListener('abort', hide)
  if (end.aborted) hide()
  return {
    signal: away.signal,
    stop: () => away.abort(),
    async over() {
      globalThis.removeEventListener?.('pagehide', hide)
      end.removeEventListener('abort', hide)
      if (!hidden || end.aborted) return
      await new Promise<void>((done) => {
        globalThis.addEventListener?.('pageshow', () => done(), { once: true })
        end.addEventListener('abort', () => done(), { once: true })
      })
    },
  }
}

// Without locks, which plain HTTP does not have, the leader is whom the storage names, as long as she renews that.
async function leadByLease(
  name: string,
  run: (s: AbortSignal) => Promise<void>,
  storage: Browser['storage'],
  end: AbortSignal,
) {
  const key = 'rung.lead:' + name
  const me = newID()
  const holder = () => {
    const [who, until] = (storage.getItem(key) ?? '').split(' ')
    return Number(until) > Date.now() ? who : undefined
  }
  const claim = () => storage.setItem(key, `${me} ${Date.now() + lease}`)

  while (!end.aborted) {
    if (holder() === undefined) {
      claim()
      await slept(50 + Math.random() * 50, end) // who claimed last has it
      if (holder() === me && !end.aborted) await hold()
    }
    await slept(beat, end)
  }

  async function hold() {
    const sleep = asleep(end)
    const stop = new AbortController()
    sleep.signal.addEventListener('abort', () => stop.abort(), { once: true })
    if (sleep.signal.aborted) stop.abort()
    const timer = setInterval(() => {
      const now = holder()
      if (now !== undefined && now !== me) stop.abort()
      else claim()
    }, beat)
    try {
      await run(stop.signal)
    } finally {
      clearInterval(timer)
      if (holder() === me) storage.removeItem(key)
      await sleep.over()
    }
  }
}

function slept(ms: number, end: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const over = () => {
      clearTimeout(timer)
      end.removeEventListener('abort', over)
      done()
    }
    const timer = setTimeout(over, ms)
    end.addEventListener('abort', over)
    if (end.aborted) over()
  })
}
