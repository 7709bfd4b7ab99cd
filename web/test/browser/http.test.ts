import { afterAll, beforeAll, expect, test } from 'vitest'

import { card, column, openBoard } from './board'
import { Window } from './browser'
import { seed, type Seeded } from './people'
import { freePort, Program } from './program'

// A name of a local network, without TLS: the browser has no service worker there, no locks and no clipboard.
const host = 'rung.test'

let program: Program
let seeded: Seeded
let window: Window

beforeAll(async () => {
  const port = await freePort()
  program = await Program.start({ RUNG_ADDR: `127.0.0.1:${port}`, RUNG_PUBLIC_URL: `http://${host}:${port}` })
  seeded = await seed(program)
  window = await Window.open(program, {}, { host })
})
afterAll(async () => {
  await window.close()
  await program.stop()
})

test('over plain HTTP one signs in, writes, and two tabs agree', async () => {
  const { page, context } = window
  await page.goto('/login')
  expect(await page.evaluate(() => [isSecureContext, 'serviceWorker' in navigator, 'locks' in navigator])).toEqual([
    false,
    false,
    false,
  ])
  await window.signInByForm(seeded.ada)
  await page.getByRole('heading', { name: 'My work' }).waitFor()
  await openBoard(page, seeded.ada.workspace.slug, 'WEB')
  const other = await context.newPage()
  await openBoard(other, seeded.ada.workspace.slug, 'WEB')

  await page.getByRole('button', { name: 'Add a task to To do' }).click()
  await page.getByLabel('Title of the new task').fill('Plainly written')
  await page.keyboard.press('Enter')
  await card(column(other, 'To do'), 'Plainly written').waitFor()
  await other.bringToFront()
  await card(other, 'Plainly written').click()
  await other.keyboard.press('e')
  await card(column(page, 'Done'), 'Plainly written').waitFor()
  await page.reload()
  await card(column(page, 'Done'), 'Plainly written').waitFor()
  await other.close()
})
