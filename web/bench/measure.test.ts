import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { test } from 'vitest'
import { chromium, type BrowserContext, type Page } from 'playwright-core'

import { password, setUp, type Person } from '../test/browser/people'
import { freePort, Program } from '../test/browser/program'
import { fill, large, small, type Filled } from './fill'

// Measures in Chromium what is promised of the web app's speed and writes it into docs/performance.md. Everything is on one
// machine, and nothing else should run on it meanwhile: these are times, not ratios.

interface Row {
  figure: string
  target: string
  measured: string
  met: boolean
}
const rows: Row[] = []
const record = (figure: string, limit: number, unit: string, value: number) => {
  console.log(figure, Math.round(value), unit)
  rows.push({ figure, target: `< ${limit} ${unit}`, measured: `${Math.round(value)} ${unit}`, met: value < limit })
}

const median = (all: number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]!

/** From the beginning of a navigation until the first task is drawn, in milliseconds. */
async function untilTasks(page: Page, path: string): Promise<number> {
  await page.goto(path, { waitUntil: 'commit' })
  const at = await page.waitForFunction(
    () => (document.querySelector('[data-line]') ? performance.now() : 0),
    undefined,
    { polling: 'raf', timeout: patience },
  )
  return at.jsonValue()
}

/** Until everything of the workspace is in memory. */
async function untilAll(page: Page): Promise<number> {
  const at = await page.waitForFunction(
    () => performance.getEntriesByName('rung.loaded')[0]?.startTime ?? 0,
    undefined,
    { polling: 100, timeout: 60_000 },
  )
  return at.jsonValue()
}

const patience = 20_000 // for whatever is waited for

/** Presses a key and waits for the frame after the first change of the page. */
async function effectOf(page: Page, key: string): Promise<number> {
  await page.evaluate(
    ({ key, patience }) => {
      const seen = new Promise<number>((done, failed) => {
        setTimeout(() => failed(new Error(`${key} has no effect`)), patience)
        addEventListener(
          'keydown',
          () => {
            const pressed = performance.now()
            const watch = new MutationObserver(() => {
              watch.disconnect()
              requestAnimationFrame(() => setTimeout(() => done(performance.now() - pressed)))
            })
            watch.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true })
          },
          { capture: true, once: true },
        )
      })
      ;(globalThis as unknown as { effect: Promise<number> }).effect = seen
    },
    { key, patience },
  )
  await page.keyboard.press(key)
  return page.evaluate(() => (globalThis as unknown as { effect: Promise<number> }).effect)
}

/** Scrolls a list from one end to the other in 240 steps and gives the times between frames, in milliseconds. */
function frames(page: Page, list: string): Promise<number[]> {
  return page
    .locator(list)
    .first()
    .evaluate(
      (box) =>
        new Promise<number[]>((done) => {
          let last = performance.now()
          const times: number[] = []
          const step = box.scrollHeight / 240
          const frame = (now: number) => {
            times.push(now - last)
            last = now
            const before = box.scrollTop
            box.scrollTop += Math.max(step, 400)
            if (box.scrollTop === before) done(times)
            else requestAnimationFrame(frame)
          }
          requestAnimationFrame((now) => {
            last = now
            requestAnimationFrame(frame)
          })
        }),
    )
}

/** Clicks on a view of another length and gives the time until its lines are on the screen, in milliseconds. */
function opened(page: Page, view: string): Promise<number> {
  return page.evaluate(
    ({ view, patience }) =>
      new Promise<number>((done, failed) => {
        const length = () => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')
        const old = length()
        const watch = new MutationObserver(() => {
          if (!length() || length() === old) return
          watch.disconnect()
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - clicked)))
        })
        watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ['aria-rowcount'] })
        setTimeout(() => failed(new Error('the view does not open')), patience)
        const clicked = performance.now()
        document.querySelector<HTMLElement>(`a[href$="/v/${view}"]`)!.click()
      }),
    { view, patience },
  )
}

async function signIn(context: BrowserContext, program: Program, who: Person) {
  await context.request.post(program.address + '/api/v1/auth/login', { data: { email: who.email, password } })
  await context.addInitScript((id) => localStorage.setItem('rung.user', id), who.id)
}

async function measure(program: Program, who: Person, at: Filled) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--enable-precise-memory-info',
      '--js-flags=--expose-gc',
    ],
  })
  const open = async () => {
    const context = await browser.newContext({ baseURL: program.address, viewport: { width: 1280, height: 800 } })
    await signIn(context, program, who)
    return { context, page: await context.newPage() }
  }
  const board = `/${who.workspace.slug}/p/${at.board}`
  const first: number[] = []
  const whole: number[] = []
  for (let i = 0; i < 3; i++) {
    const { context, page } = await open()
    first.push(await untilTasks(page, board))
    whole.push(await untilAll(page))
    await context.close()
  }
  record('First visit of 50,000 tasks: the board can be seen', 1000, 'ms', median(first))
  record('First visit: all of it is here', 3000, 'ms', median(whole))

  const { context, page } = await open()
  await untilTasks(page, board)
  await untilAll(page)
  const again: number[] = []
  for (let i = 0; i < 7; i++) {
    again.push(await untilTasks(page, board))
    await untilAll(page)
  }
  record('Second visit: the board can be used', 300, 'ms', median(again))

  const moves: number[] = []
  for (let i = 0; i < 5; i++) {
    await page.goto(`/${who.workspace.slug}/trash`)
    await untilAll(page)
    const start = await page.evaluate(() => performance.now())
    await page.locator(`a[href$="/p/${at.board}"]`).first().click()
    const end = await page.waitForFunction(
      () => (document.querySelector('[data-line]') ? performance.now() : 0),
      undefined,
      { polling: 'raf' },
    )
    moves.push((await end.jsonValue()) - start)
  }
  record('Board of 4,000 cards opens from another screen', 500, 'ms', median(moves))

  await page.keyboard.press('ArrowDown')
  const keys: number[] = []
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'End', 'Home', 's', 'Escape', 'ArrowDown', 'p', 'Escape'])
    keys.push(await effectOf(page, key))
  record('From a key to what it does, on that board', 50, 'ms', median(keys))
  record('The slowest of these keys', 50, 'ms', Math.max(...keys))

  await untilTasks(page, `/${who.workspace.slug}/v/${at.view}`)
  await untilAll(page)
  const longest: number[] = []
  for (let i = 0; i < 5; i++) {
    const times = await frames(page, '[role=grid]')
    console.log(`${times.filter((t) => t > 50).length} of ${times.length} frames took more than 50 ms`)
    longest.push(Math.max(...times))
    await page.locator('[role=grid]').evaluate((box) => (box.scrollTop = 0))
    await page.waitForTimeout(500)
  }
  record('Longest frame while 50,000 lines scroll by', 50, 'ms', median(longest))
  const filters: number[] = []
  for (const view of [...at.filtered, ...at.filtered, ...at.filtered]) {
    filters.push(await opened(page, view))
    await page.waitForTimeout(300)
  }
  console.log('filters', filters.map(Math.round), 'keys', keys.map(Math.round))
  record('A view of a part of 50,000, from the click on it', 50, 'ms', median(filters))
  record('The slowest of twelve of these clicks, on four views', 50, 'ms', Math.max(...filters))
  const heap = await page.evaluate(() => {
    ;(globalThis as unknown as { gc: () => void }).gc()
    return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize
  })
  record('Heap with all of it', 150, 'MB', heap / 1e6)
  await context.close()
  await browser.close()
}

interface Look {
  page: string
  mode: string
  scores: number[]
}

/** What Lighthouse says of two pages of a small team, on a desktop and on a phone. */
async function judge() {
  const program = await Program.start()
  try {
    const who = await setUp(program)
    const { board } = await fill(program, who, small)
    await lookAt(program, who, `/${who.workspace.slug}/p/${board}`)
  } finally {
    await program.stop()
  }
}

async function lookAt(program: Program, who: Person, board: string) {
  const folder = fileURLToPath(new URL('./lighthouse/', import.meta.url))
  const said = await promisify(execFile)('node', ['run.mjs', program.address, who.email, password, board], {
    cwd: folder,
    env: { ...process.env, CHROMIUM: process.env.CHROMIUM ?? '/usr/bin/chromium', PORT: String(await freePort()) },
    timeout: 600_000,
  })
  for (const { page, mode, scores } of JSON.parse(said.stdout) as Look[])
    rows.push({
      figure: `Lighthouse, ${page}, ${mode}: performance, accessibility, best practices`,
      target: '≥ 95 each',
      measured: scores.join(', '),
      met: scores.every((s) => s >= 95),
    })
}

function write() {
  const file = new URL('../../docs/performance.md', import.meta.url)
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim()
  const lines = rows.map((r) => `| ${r.figure} | ${r.target} | ${r.measured} | ${r.met ? 'yes' : 'no'} |`)
  const section = [
    '<!-- web: written by make bench-web -->',
    '## The web app',
    '',
    `In Chromium on the machine that serves it, ${new Date().toISOString().slice(0, 10)}, commit ${commit}. A workspace of 50,000`,
    'tasks in 20 projects, one of them with 4,000; medians unless it says otherwise. Lighthouse looked at one of 240 tasks, three',
    'times each, with the phone that it makes of the machine, four times slower. `make bench-web` measures it again.',
    '',
    '| figure | promised | measured | holds |',
    '|---|---|---|---|',
    ...lines,
    '<!-- /web -->',
  ].join('\n')
  const text = readFileSync(file, 'utf8')
  const old = /<!-- web: [\s\S]*<!-- \/web -->/
  writeFileSync(file, old.test(text) ? text.replace(old, section) : `${text.trimEnd()}\n\n${section}\n`)
  console.log(section)
}

test('measures the web app', async () => {
  const program = await Program.start()
  try {
    const who = await setUp(program)
    const filled = await fill(program, who, large)
    await measure(program, who, filled)
  } finally {
    await program.stop()
  }
  await judge()
  write()
})
