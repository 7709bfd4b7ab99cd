import { afterAll, beforeAll, expect, test } from 'vitest'

import { card, openBoard } from './board'
import { Window } from './browser'
import { seed, type Seeded } from './people'
import { Program } from './program'

let program: Program
let seeded: Seeded
let window: Window

beforeAll(async () => {
  program = await Program.start()
  seeded = await seed(program)
  window = await Window.open(program)
  await window.signIn(seeded.ada)
})
afterAll(async () => {
  await window.close()
  await program.stop()
})

const add = (title: string) =>
  program.call(
    'POST',
    `/workspaces/${seeded.ada.workspace.slug}/tasks`,
    { project: seeded.web.id, title },
    seeded.bo.token,
  )

test('two tabs hold one stream, which the other takes over when its tab is closed', async () => {
  const first = window.page
  const streams: { tab: 'first' | 'second'; url: string }[] = []
  const second = await window.context.newPage()
  for (const [tab, page] of [
    ['first', first],
    ['second', second],
  ] as const)
    page.on('request', (r) => new URL(r.url()).pathname.endsWith('/events') && streams.push({ tab, url: r.url() }))

  /** Whose streams they were, one after the other: each may be opened again. */
  const tabs = () => streams.map((s) => s.tab).filter((tab, i, all) => tab !== all[i - 1])

  await openBoard(first, seeded.ada.workspace.slug, 'WEB')
  await expect.poll(() => streams.length, { timeout: 30_000 }).toBeGreaterThan(0)
  await openBoard(second, seeded.ada.workspace.slug, 'WEB')
  await add('Heard by both')
  await card(first, 'Heard by both').waitFor()
  await card(second, 'Heard by both').waitFor()
  expect(tabs()).toEqual(['first'])

  await first.close()
  await expect.poll(tabs, { timeout: 30_000 }).toEqual(['first', 'second'])
  await add('Heard by the other')
  await card(second, 'Heard by the other').waitFor()
  await second.close()
})
